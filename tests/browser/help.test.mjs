// "What can I get?" in three languages, scripts off, on a phone: questions by their labels, a list, the page of an entry, the appeal about it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from '../lib/server.mjs';
import { openBrowser, findings } from '../lib/browser.mjs';

let server, browser;
test.before(async () => { server = await startServer({}); browser = await openBrowser(); });
test.after(async () => { await browser?.close(); await server?.stop(); });

const words = { 'kk-KZ': ['Сізге ашық', 'Мүмкін, сұрап білу керек'], 'ru-RU': ['Вам доступно', 'Возможно, нужно спросить'], 'en-GB': ['Open to you', 'Maybe: ask'] };

for (const [locale, [open, ask]] of Object.entries(words))
	test(`a list of what is open, ${locale}, scripts off`, async () => {
		const context = await browser.newContext({ locale, javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
		const page = await context.newPage();
		await page.goto(server.base + '/situations');
		await page.click('a[href="/situations/work"]');
		for (const id of ['jobless', 'insured', 'registered']) await page.click(`label[for="${id}-y"]`);
		await page.click('main form button[type=submit]');
		const text = await page.textContent('main');
		assert.ok(text.includes(open) && text.includes(ask), text.slice(0, 300));
		assert.equal(await page.isChecked('#jobless-y'), true, 'the answers are still there');
		assert.deepEqual(await findings(page, locale), []);
		await page.click('a[href="/situation/job-loss-payment"]');
		assert.deepEqual(await findings(page, `${locale} entry`), []);
		await page.click('a[href^="/appeals/new?text="]');
		assert.ok((await page.inputValue('textarea[name=text]')).length > 10);
		await context.close();
	});
