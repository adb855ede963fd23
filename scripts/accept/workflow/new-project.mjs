/** An empty project in the app that is open, made as a person makes it. */
export async function newProject(page) {
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name of the clinic or project').fill('Large')
  await page.getByLabel('System you leave').fill('A')
  await page.getByLabel('System you move to').fill('B')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('button', { name: 'Run all checks' }).waitFor()
}
