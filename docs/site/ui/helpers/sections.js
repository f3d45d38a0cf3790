'use strict'

// the sections of a page for its table of contents; nothing if there are fewer than two
module.exports = (html) => {
  const headings = String(html).matchAll(/<h2 id="([^"]+)">(?:<a class="anchor"[^>]*><\/a>)?(.*?)<\/h2>/g)
  const sections = Array.from(headings, ([, id, title]) => ({ id, title: title.replace(/<\/?a\b[^>]*>/g, '') }))
  return sections.length > 1 ? sections : undefined
}
