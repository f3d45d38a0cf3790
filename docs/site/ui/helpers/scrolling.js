'use strict'

// a table that is wider than the page scrolls in a frame of its own, and names of tests break between their words
module.exports = (html) =>
  String(html).replaceAll('<table', '<div class="scroll"><table').replaceAll('</table>', '</table></div>')
    .replace(/>[^<]+/g, (text) => text.replace(/[A-Za-z]{25,}/g, (name) => name.replace(/(?<=[a-z]{2})(?=[A-Z])/g, '<wbr>')))
