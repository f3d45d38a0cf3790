// Checks the pages of a built site: each link to a page, file or anchor of the site leads somewhere,
// no id is there twice, and the navigation lists each page.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const TAG = /<[a-z][^>]*>/gi
const ATTRIBUTE = /\s(id|href|src)="([^"]*)"/gi
const OUTSIDE = /^([a-z][a-z0-9+.-]*:|\/\/)/i

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)])
}

function unescaped(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

/** The ids and links of a page. */
export function read(html) {
  const ids = []
  const links = []
  for (const [tag] of html.replace(/<!--.*?-->/gs, '').matchAll(TAG)) {
    for (const [, name, value] of tag.matchAll(ATTRIBUTE)) {
      (name.toLowerCase() === 'id' ? ids : links).push(unescaped(value))
    }
  }
  return { ids, links }
}

/** What is wrong with the pages of a folder, a sentence each. */
export function problems(root) {
  const pages = new Map(files(root).filter((file) => file.endsWith('.html'))
    .map((file) => [file, read(readFileSync(file, 'utf8'))]))
  const found = []
  for (const [page, { ids, links }] of pages) {
    const name = relative(root, page)
    for (const id of new Set(ids.filter((each, n) => ids.indexOf(each) !== n))) {
      found.push(`${name} has the id ${id} twice`)
    }
    for (const link of links.filter((each) => !OUTSIDE.test(each))) {
      const [path, anchor] = decodeURI(link).split('#', 2)
      const target = path === '' ? page
        : normalize(path.startsWith('/') ? join(root, path) : join(dirname(page), path))
      const file = existsSync(target) && statSync(target).isDirectory() ? join(target, 'index.html') : target
      if (!existsSync(file)) {
        found.push(`${name} leads to ${link}, which is not there`)
      } else if (anchor && pages.has(file) && !pages.get(file).ids.includes(anchor)) {
        found.push(`${name} leads to ${link}, and ${relative(root, file)} has no such anchor`)
      }
    }
  }
  if (pages.size === 0) {
    found.push(`${root} has no pages`)
  }
  return [...found, ...unlisted(root, pages)]
}

/** The pages that the index of their folder does not lead to: nav.adoc, which is part of each page, leaves them out. */
function unlisted(root, pages) {
  return [...pages].flatMap(([page, { links }]) => {
    if (page === join(root, 'index.html') || !page.endsWith('index.html')) {
      return []
    }
    const listed = new Set(links.map((link) => join(dirname(page), link.split('#', 1)[0])))
    return [...pages.keys()].filter((other) => dirname(other) === dirname(page) && other !== page && !listed.has(other))
      .map((other) => `${relative(root, other)} is not in nav.adoc`)
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = problems(process.argv[2])
  found.forEach((problem) => console.error(problem))
  process.exitCode = found.length > 0 ? 1 : 0
}
