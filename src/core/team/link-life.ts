/** How long the links hold that let somebody in: of the first one the server's administrator comes, of an invite one person to a project. */

export const firstLinkMinutes = 15
export const inviteDays = 7
