import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, test } from 'node:test'
import { problems } from './check.mjs'

const folders = []

afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

function site(pages) {
  const root = mkdtempSync(join(tmpdir(), 'site-'))
  folders.push(root)
  for (const [name, content] of Object.entries(pages)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  return root
}

test('links to pages, anchors, files and other sites are good', () => {
  assert.deepEqual(problems(site({
    'a/index.html': '<h1 id="_top">A</h1><a href="../b.html#_part">b</a><a href="#_top">up</a><a href="https://example.org/#x">out</a>',
    'b.html': '<h2 id="_part">B</h2><img src="a/p.png"><a href="a/">a</a><a href="/a/index.html">a</a>',
    'a/p.png': '',
  })), [])
})

test('a page that is not there is named with the link', () => {
  assert.deepEqual(problems(site({ 'a.html': '<a href="gone.html#x">b</a>' })),
    ['a.html leads to gone.html#x, which is not there'])
})

test('an anchor that is not there is named, also of the page itself', () => {
  assert.deepEqual(problems(site({ 'a.html': '<a href="b.html#nope">b</a><a href="#none">x</a>', 'b.html': '<p id="yes"></p>' })), [
    'a.html leads to b.html#nope, and b.html has no such anchor',
    'a.html leads to #none, and a.html has no such anchor',
  ])
})

test('an image that is not there is a problem', () => {
  assert.deepEqual(problems(site({ 'a.html': '<img src="no.png">' })), ['a.html leads to no.png, which is not there'])
})

test('an id that is there twice is a problem', () => {
  assert.deepEqual(problems(site({ 'a.html': '<p id="x"></p><p id="x"></p>' })), ['a.html has the id x twice'])
})

test('what is commented out or escaped is no link', () => {
  assert.deepEqual(problems(site({ 'a.html': '<!-- <a href="gone.html"> --><p>&lt;a href="gone.html"&gt;</p>' })), [])
})

test('a page that the index does not lead to is a problem', () => {
  assert.deepEqual(problems(site({
    'a/index.html': '<a href="listed.html#x">a</a>',
    'a/listed.html': '<p id="x"></p>',
    'a/left-out.html': '',
  })), ['a/left-out.html is not in nav.adoc'])
})

test('a site without pages is a problem', () => {
  const root = site({ 'site.css': '' })
  assert.deepEqual(problems(root), [`${root} has no pages`])
})
