/** `npm run dev`: hot reload. It can not send the security headers, so the app refuses patient data and opens the sample only. */
import { checkNode, install, runPackage } from './setup.mjs'

checkNode()
install()
process.exit(runPackage('vite/bin/vite.js', process.argv.slice(2)))
