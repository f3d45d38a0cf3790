'use strict'

module.exports = (html) => String(html).replace(/<[^>]+>/g, '')
