// Words of the catalogues and of the country packs: letters of one alphabet in a word, the same message in three languages, a longer language that still fits.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, startServer, signIn } from '../lib/server.mjs';
import { openBrowser } from '../lib/browser.mjs';
import { publicPages, staffPages } from '../lib/pages.mjs';

function* files(dir, ending) {
	for (const e of readdirSync(path.join(root, dir), { withFileTypes: true }))
		if (e.isDirectory()) yield* files(`${dir}/${e.name}`, ending);
		else if (ending.test(e.name)) yield `${dir}/${e.name}`;
}

test('no word mixes letters that look alike', () => {
	const wrong = [];
	for (const dir of ['locale', 'country'])
		for (const file of files(dir, /\.(po|csv|yaml)$/))
			readFileSync(path.join(root, file), 'utf8').split('\n').forEach((line, i) => {
				if (line.startsWith('#')) return;
				for (const [word] of line.replaceAll('\\n', ' ').matchAll(/\p{L}[\p{L}\p{M}]*/gu))
					if (/\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}/u.test(word)) wrong.push(`${file}:${i + 1}: ${word}`);
			});
	assert.deepEqual(wrong, []);
});

test('Kazakh is Kazakh and Russian is Russian', () => {
	const texts = (lang) => new Map([...files(`locale/${lang}`, /\.po$/)].flatMap((f) => {
		const po = readFileSync(path.join(root, f), 'utf8');
		return [...po.matchAll(/^msgid "(.+)"\n(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? "(.*)"$/gm)].map(([, id, text]) => [id, text]);
	}));
	const kk = texts('kk'), ru = texts('ru'), en = texts('en');
	assert.ok(kk.size > 1000);
	assert.deepEqual([...kk.keys()].filter((id) => !ru.has(id) || !en.has(id)), []);
	assert.deepEqual([...kk.keys()].filter((id) => !kk.get(id) || !ru.get(id) || !en.get(id)), [], 'nothing is empty');
	assert.deepEqual([...ru].filter(([, t]) => /[әғқңөұүһі]/i.test(t) && !/қаз|Жауап|Қаз/i.test(t)).map(([id, t]) => `${id}: ${t}`), [], 'no Kazakh in Russian');
	assert.deepEqual([...en].filter(([, t]) => /\p{Script=Cyrillic}/u.test(t) && !/Жауап|қазақша|русский/i.test(t)).map(([id, t]) => `${id}: ${t}`), [], 'no Cyrillic in English');
	// a sentence of five words that is the same in both was not translated
	assert.deepEqual([...kk].filter(([id, t]) => t === ru.get(id) && t.split(' ').length >= 5).map(([id]) => id), []);
});

// Each word two fifths longer, as in a language that we do not have yet.
function lengthen() {
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n; (n = walk.nextNode());)
		if (!n.parentElement.closest('script, style, svg, textarea, code, .mono')) n.data = n.data.replace(/\p{L}+/gu, (w) => w + 'е'.repeat(Math.ceil(w.length * 0.4)));
}

test('a language with words two fifths longer fits a phone of 320 px', async () => {
	const server = await startServer({ demo: 100 }), browser = await openBrowser();
	try {
		const context = await browser.newContext({ locale: 'kk-KZ', viewport: { width: 320, height: 640 } }), page = await context.newPage(), wide = [];
		const look = async (where) => {
			await page.goto(server.base + where, { waitUntil: 'load' });
			await page.evaluate(lengthen);
			const over = await page.evaluate(() => {
				const more = document.documentElement.scrollWidth - document.documentElement.clientWidth;
				if (more <= 0) return null;
				const at = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).at(-1);
				return `${more} px: ${at?.tagName} ${at?.className} ${at?.textContent.trim().slice(0, 60)}`;
			});
			if (over) wide.push(`${where}: ${over}`);
		};
		for (const where of publicPages.filter((p) => !/[A-Z]{3}/.test(p))) await look(where);
		const c = await signIn(server.base, 'all.r10_roads@demo.kz', 0, 'kk');
		await context.addCookies([...c.cookies].map(([name, value]) => ({ name, value, url: server.base })));
		for (const where of staffPages.filter((p) => !/[A-Z]{3}/.test(p))) await look(where);
		assert.deepEqual(wide, []);
	} finally { await browser.close(); await server.stop(); }
});
