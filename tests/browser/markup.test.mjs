// Every kind of page and form state, of guests, citizens, officials and administrators, in three languages: the Nu checker, html-validate, links, weight,
// how many clicks away a section is. What is checked is what the server sends, before any script.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { startServer, Client, signIn, signInCitizen, root } from '../lib/server.mjs';
import { sourceFindings } from '../lib/browser.mjs';
import { crawl, kind } from '../lib/crawl.mjs';
import { publicPages, citizenPages, staffPages, adminPages } from '../lib/pages.mjs';

const nu = createRequire(path.join(root, 'tests/node/')).resolve('vnu-jar/build/dist/vnu.jar');
const CLICKS = 3, PLACEHOLDER = /[A-Z]{3}/, HTML_BYTES = 14 * 1024, NOT_FOUND = '/nothing';

let server, walks;
test.before(async () => {
	server = await startServer({ demo: 300 });
	const plain = (pages) => pages.filter((p) => !PLACEHOLDER.test(p));
	walks = [];
	for (const lang of ['kk', 'ru', 'en']) {
		const most = lang === 'kk' ? 400 : 250;
		walks.push(
			[`guest, ${lang}`, await crawl(new Client(server.base, lang), ['/', ...plain(publicPages)], { most })],
			[`citizen, ${lang}`, await crawl(await signInCitizen(server.base, { n: 1, lang }), plain(citizenPages), { most: 120, kindMax: 1 })],
			[`official, ${lang}`, await crawl(await signIn(server.base, `all.r10_${{ kk: 'roads', ru: 'utilities', en: 'akimat' }[lang]}@demo.kz`, 0, lang), plain(staffPages), { most: 200, kindMax: 2 })],
			[`administrator, ${lang}`, await crawl(await signIn(server.base, `${lang === 'ru' ? 'all' : 'admin'}.miicr@demo.kz`, lang === 'en' ? 1 : 0, lang), adminPages, { most: 60, kindMax: 1 })],
		);
	}
});
test.after(async () => { await server?.stop(); });

// One or two pages of each kind and language say what all of them would.
function samples() {
	const count = new Map(), out = [];
	for (const [who, pages] of walks)
		for (const p of pages.filter(isPage)) {
			const key = `${who.slice(-2)} ${p.where.startsWith('POST') ? 'POST ' : ''}${kind(p.where)} ${p.status}`, n = count.get(key) ?? 0;
			count.set(key, n + 1);
			if (n < 2) out.push({ ...p, label: `${who} ${p.where}` });
		}
	return out;
}

const isPage = (p) => p.type.startsWith('text/html');
const each = (f) => { const out = []; for (const [who, pages] of walks) for (const p of pages) out.push(...f(p, who).map((x) => `${who} ${p.where}: ${x}`)); return out; };

test('no link is broken and no form ends in a fault', () => {
	assert.ok(walks.reduce((n, [, pages]) => n + pages.length, 0) > 600, 'enough was walked');
	assert.deepEqual(each((p) => (p.status >= 500 || (p.status >= 400 && p.where !== NOT_FOUND && !p.where.startsWith('POST ')) ? [`answers ${p.status}, from ${p.from}`] : [])), []);
});

test('a link into a page finds its place there', () => {
	const wrong = [];
	for (const [who, pages] of walks)
		for (const p of pages.filter(isPage))
			for (const [, id] of p.html.matchAll(/href="#([^"]+)"/g))
				if (!p.html.includes(`id="${id}"`)) wrong.push(`${who} ${p.where}: #${id}`);
	assert.deepEqual(wrong, []);
});

test('every section is within three clicks of the first page', async () => {
	const pages = await crawl(new Client(server.base, 'kk'), ['/'], { forms: false, most: 600, kindMax: 12 });
	const depth = new Map();
	for (const p of pages) { const k = kind(p.where.split('?')[0]); depth.set(k, Math.min(depth.get(k) ?? Infinity, p.depth)); }
	const far = publicPages.filter((p) => !PLACEHOLDER.test(p) && !p.includes('?') && p !== NOT_FOUND && !p.endsWith('/embed')).map((p) => [p, depth.get(kind(p)) ?? Infinity]).filter(([, d]) => d > CLICKS);
	assert.deepEqual(far, []);
});

test('no page is heavier than a first packet of the network', () => {
	assert.deepEqual(each((p) => { const n = isPage(p) ? gzipSync(p.html).length : 0; return n > HTML_BYTES ? [`${n} bytes`] : []; }), []);
});

test('html-validate finds nothing', async () => {
	const all = [];
	for (const p of samples()) all.push(...await sourceFindings(p.html, p.label));
	assert.deepEqual(all.slice(0, 40), []);
});

test('the Nu checker finds nothing', () => {
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-nu-')), names = new Map();
	try {
		samples().forEach((p, i) => { names.set(`${i}.html`, p.label); writeFileSync(path.join(dir, `${i}.html`), p.html); });
		let said = '';
		try { execFileSync('java', ['-Xss4m', '-jar', nu, '--format', 'json', '--errors-only', '--skip-non-html', dir], { maxBuffer: 1 << 28, stdio: ['ignore', 'ignore', 'pipe'] }); }
		catch (e) { said = e.stderr.toString(); }
		const found = said ? JSON.parse(said).messages.map((m) => `${names.get(path.basename(m.url))}:${m.lastLine}: ${m.message} ${m.extract?.trim().slice(0, 120) ?? ''}`) : [];
		assert.deepEqual(found.slice(0, 40), []);
	} finally { rmSync(dir, { recursive: true }); }
});
