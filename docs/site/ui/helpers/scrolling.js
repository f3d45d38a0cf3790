'use strict'

// a table that is wider than the page scrolls in a frame of its own
module.exports = (html) =>
  String(html).replaceAll('<table', '<div class="scroll"><table').replaceAll('</table>', '</table></div>')
