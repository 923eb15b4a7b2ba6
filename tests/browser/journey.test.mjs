// A citizen on a phone with scripts off, and once with the keyboard alone.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, iin } from '../lib/server.mjs';
import { openBrowser, axeFindings } from '../lib/browser.mjs';

let server, browser;
test.before(async () => { server = await startServer({}); browser = await openBrowser(); });
test.after(async () => { await browser?.close(); await server?.stop(); });

async function write(page, lang) {
	await page.goto(server.base + '/');
	await page.fill('textarea[name=text]', lang === 'kk' ? 'Семейде Абай көшесінде екі аптадан бері су жоқ. Қашан қосылады?' : 'В Семее на улице Абая две недели нет воды. Когда включат?');
	await page.click('section.hero form button');
	await page.selectOption('select[name=kind]', 'message');
	await page.click('main form button[type=submit]');
	assert.match(page.url(), /\/where$/);
	assert.equal(await page.isChecked('input[name=topic][value=water]'), true, 'water is the first suggestion');
	const place = await page.getAttribute('input[name=place]:checked', 'id');
	assert.match(await page.textContent(`label[for="${place}"]`), /Сем[еи]й/, 'the place was found in the text');
	await page.click('main form button[type=submit]:not(.secondary)');
	assert.match(page.url(), /\/who$/);
	await page.fill('input[name=name]', 'Айгүл Серікова');
	await page.fill('input[name=email]', 'aigul@example.kz');
	await page.click('main form[novalidate] button[type=submit]');
	assert.match(page.url(), /\/receipt\//);
}

for (const [lang, locale] of [['kk', 'kk-KZ'], ['ru', 'ru-RU']])
	test(`an appeal in ${lang}, scripts off, on a phone`, async () => {
		const context = await browser.newContext({ locale, javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
		const page = await context.newPage();
		await write(page, lang);
		assert.match(await page.textContent('main'), /26-|27-/);
		await context.close();
	});

test('with scripts a draft survives a closed page', async () => {
	const context = await browser.newContext({ locale: 'ru-RU' });
	const page = await context.newPage();
	await page.goto(server.base + '/appeals/new');
	await page.fill('#text', 'Это письмо я ещё не отправил, но уже написал');
	await page.waitForTimeout(1500);
	await page.goto(server.base + '/help');
	await page.goto(server.base + '/appeals/new');
	assert.equal(await page.isVisible('#draft-note'), true, 'the draft is offered');
	await page.click('#draft-note [data-act=restore]');
	assert.match(await page.inputValue('#text'), /ещё не отправил/);
	await context.close();
});

test('the first page can be worked with the keyboard alone', async () => {
	const context = await browser.newContext({ locale: 'en-GB' });
	const page = await context.newPage();
	await page.goto(server.base + '/appeals/new');
	for (let i = 0; i < 40 && await page.evaluate(() => document.activeElement?.id) !== 'text'; i++) await page.keyboard.press('Tab');
	await page.keyboard.type('There has been no water in our street in Semey for two weeks');
	for (let i = 0; i < 30 && await page.evaluate(() => document.activeElement?.type) !== 'submit'; i++) await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.waitForURL(/where$/);
	assert.deepEqual(await axeFindings(page, 'where'), []);
	await context.close();
});

const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');

test('a draft waits while its person signs in, and joins an appeal about the same', async () => {
	const demo = await startServer({ demo: 60 }), context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 390, height: 844 } });
	try {
		const page = await context.newPage();
		await page.goto(demo.base + '/appeals');
		const other = await page.getAttribute('main a[href^="/appeals/2"]', 'href');
		await page.goto(demo.base + other);
		const text = await page.textContent('.said >> nth=0');
		const fact = (name) => page.textContent(`.facts dt:text-is("${name}") + dd`);
		const topic = (await fact('Тема')).trim(), region = (await fact('Место')).trim().split(',')[0];
		await page.goto(demo.base + '/appeals/new');
		await page.fill('#text', text.trim());
		await page.setInputFiles('input[type=file]', { name: 'яма.png', mimeType: 'image/png', buffer: picture });
		await page.selectOption('select[name=kind]', 'message');
		await page.click('main form button[type=submit]');
		await page.waitForURL(/\/where$/);
		for (const details of await page.$$('main details:not([open]) > summary')) await details.click();
		for (const [name, end] of [['topic_other', topic], ['region', region]])
			await page.selectOption(`select[name=${name}]`, await page.$$eval(`select[name=${name}] option`, (all, end) => all.find((o) => o.textContent.trim() === end || o.textContent.trim().endsWith(`: ${end}`)).value, end));
		await page.click('main form button[type=submit]:not(.secondary)');
		await page.waitForURL(/\/who$/);
		const draft = page.url();
		await page.click(`form[action="${other}/join"] button`);
		await page.waitForURL(/\/sign-in/);
		await page.click('main a[href^="/sign-in/identity"]');
		await page.fill('input[name=iin]', iin(7));
		await page.fill('input[name=name]', 'Дәурен Қасым');
		await page.click('main form button');
		await page.waitForURL(draft);
		await page.click(`form[action="${other}/join"] button`);
		await page.waitForURL(/\/appeals\/2/);
		assert.match(await page.textContent('main'), /Присоединено к другому/);
		assert.match(await page.textContent('main'), new RegExp(text.trim().slice(0, 20).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), 'in the own words of the person');
		assert.equal(await page.locator('main [href*="/files/"]').count() > 0, true, 'with the photo');
		await page.goto(draft);
		assert.doesNotMatch(page.url(), /\/who$/, 'the draft is used up');
	} finally { await context.close(); await demo.stop(); }
});
