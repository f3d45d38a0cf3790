'use strict'

const hljs = require('highlight.js')

/** Colours code while the pages are made, so that they need no script. */
const highlighter = {
  handlesHighlighting: () => true,
  highlight: (_block, source, language) =>
    hljs.highlight(source, { language: hljs.getLanguage(language) ? language : 'plaintext' }).value,
  format: (block, language) => `<pre><code data-lang="${language ?? 'text'}">${block.getContent()}</code></pre>`,
}

// Antora looks for a parameter of this name
module.exports.register = function (registry) {
  globalThis.Opal.Asciidoctor.SyntaxHighlighter.register('build', highlighter)
}
