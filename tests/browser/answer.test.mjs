// Writing an answer with the check beside it: blocked, mended, signed, not clear, mended again. With scripts while one types, without them by a button.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn } from '../lib/server.mjs';
import { openBrowser, findings, axeFindings } from '../lib/browser.mjs';

let server, browser, all;
test.before(async () => {
	server = await startServer({ demo: 60 });
	browser = await openBrowser();
	all = await signIn(server.base, 'all.r10_roads@demo.kz');
});
test.after(async () => { await browser?.close(); await server?.stop(); });

const words = {
	ru: { text: 'Яма на улице Абая у дома 15.\nКогда её засыплют?', hollow: 'Ваше обращение рассматривается, принимаются меры.', locale: 'ru-RU', blocked: 'Отправить нельзя', free: 'Можно отправлять',
		good: 'Яму на улице Абая засыпят до 12 декабря. Работу сделает подрядчик.', better: 'Яму на улице Абая засыпят до 12 декабря. Засыпет её компания «Жол», мы проверим.', points: 'Когда засыплют яму?' },
	kk: { text: 'Абай көшесінде 15-үйдің жанында шұңқыр бар.\nҚашан жөнделеді?', hollow: 'Өтінішіңіз қаралуда, тиісті шаралар қабылдануда.', locale: 'kk-KZ', blocked: 'Жіберуге болмайды', free: 'Жіберуге болады',
		good: 'Абай көшесіндегі шұңқыр 12 желтоқсанға дейін жөнделеді. Жұмысты мердігер жасайды.', better: 'Абай көшесіндегі шұңқыр 12 желтоқсанға дейін жөнделеді. Оны «Жол» компаниясы жөндейді, біз тексереміз.', points: 'Шұңқыр қашан жөнделеді?' },
};

async function inWork(lang) {
	const c = new Client(server.base, lang);
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: words[lang].text, kind: 'message' });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Иван Петров', email: 'ivan@example.kz' });
	const number = c.url.split('/')[2], desk = `/desk/${number}`;
	await all.get(desk);
	await all.post(`${desk}/register`, { kind: 'message', topic: 'roads', points: words[lang].points }, `${desk}/register`);
	await all.post(`${desk}/take`, {}, `${desk}/take`);
	return { desk, receipt: c.url };
}

async function staffPage(options) {
	const context = await browser.newContext(options);
	await context.addCookies([...all.cookies].filter(([k]) => k !== 'lang').map(([name, value]) => ({ name, value, url: server.base })));
	return { context, page: await context.newPage() };
}

for (const [lang, scripts] of [['ru', true], ['kk', false]])
	test(`an answer is blocked, mended, signed, called unclear and mended again (${lang}, scripts ${scripts ? 'on' : 'off'})`, async () => {
		const w = words[lang], { desk, receipt } = await inWork(lang);
		const { context, page } = await staffPage({ locale: w.locale, javaScriptEnabled: scripts, viewport: { width: scripts ? 1280 : 360, height: 900 } });
		await page.goto(server.base + desk);
		const press = (act) => page.click(`.row button[formaction="${desk}/${act}"], form[action="${desk}/${act}"] button[type=submit]`);
		await page.fill('#d-text', w.hollow);
		if (scripts) await page.waitForFunction((t) => document.getElementById('check').textContent.includes(t), w.blocked, { timeout: 5000 });
		else await press('check');
		assert.match(await page.textContent('#check'), new RegExp(w.blocked));
		if (!scripts) assert.equal(await page.inputValue('#d-text'), w.hollow);
		assert.deepEqual([...await findings(page, 'check'), ...(scripts ? await axeFindings(page, 'check') : [])], []);
		if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/check-${lang}.png`, fullPage: true });
		await page.check('#d-granted');
		await press('submit');
		assert.equal(await page.inputValue('#d-text'), w.hollow, 'it did not leave and is still there');
		await page.check('#d-granted');
		await page.fill('#d-text', w.good);
		await press('submit');
		await press('approve');
		await page.click(`form[action="${desk}/sign"] button`);

		const person = await (await browser.newContext({ locale: w.locale, javaScriptEnabled: scripts, viewport: { width: 360, height: 740 } })).newPage();
		await person.goto(server.base + receipt);
		await person.selectOption('#sentence', '2');
		if (process.env.SHOTS) await person.screenshot({ path: `${process.env.SHOTS}/rate-${lang}.png`, fullPage: true });
		await person.click('form[action$="/rate/not_clear"] button');

		await page.goto(server.base + desk);
		assert.equal(await page.textContent('section.card mark'), w.good.split('. ')[1], 'the sentence that was not understood is marked');
		await page.check('#d-granted');
		await page.fill('#d-text', w.better);
		await press('check');
		assert.match(await page.textContent('#check'), new RegExp(w.free));
		await page.check('#d-granted');
		await press('submit');
		await press('approve');
		await page.click(`form[action="${desk}/sign"] button`);
		await person.reload();
		assert.match(await person.textContent('main'), new RegExp(w.better.slice(-20).replace('.', '\\.')));
		await person.click('form[action$="/rate/clear"] button');
		await context.close();
	});
