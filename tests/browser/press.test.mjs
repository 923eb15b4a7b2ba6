// A journalist and a press officer, each in a browser of their own; then a body that keeps its plan and a person who is told.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, signIn, signInCitizen, dayAhead, dayFields } from '../lib/server.mjs';
import { openBrowser } from '../lib/browser.mjs';

let server, browser;
test.before(async () => {
	server = await startServer({ demo: 20 });
	browser = await openBrowser();
});
test.after(async () => { await browser?.close(); await server?.stop(); });

async function as(client, options = {}) {
	const context = await browser.newContext({ locale: 'ru-RU', ...options });
	if (client) await context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: server.base })));
	return context.newPage();
}
const go = (page, where) => page.goto(server.base + where, { waitUntil: 'load' });
const press = async (page, what) => { await Promise.all([page.waitForLoadState('load'), page.click(what)]); await page.waitForLoadState('load'); };
async function day(page, name, n) {
	for (const [field, value] of Object.entries(dayFields(name, n))) await page.fill(`[name="${field}"]`, String(value));
}

test('a journalist asks, the press officer answers under embargo, everybody reads it after the release', async () => {
	const journalist = await as(await signInCitizen(server.base, { n: 51, name: 'Мадина Қасым' }), { viewport: { width: 360, height: 740 } });
	const officer = await as(await signIn(server.base, 'press.r10_roads@demo.kz'), { javaScriptEnabled: false }); // scripts off
	const anyone = await as(null);

	await go(journalist, '/press');
	await press(journalist, 'main a.button');
	await journalist.selectOption('[name="body"]', '10003');
	await journalist.fill('[name="name"]', 'Мадина Қасым');
	await journalist.fill('[name="medium"]', 'Ертіс медиа');
	await press(journalist, 'main form button.button');
	assert.match(journalist.url(), /\/press\/mine/);

	await go(officer, '/desk/press/accreditations');
	await press(officer, 'main form[action$="/grant"] button');
	await go(journalist, '/press/ask');
	await journalist.selectOption('[name="body"]', '10003');
	await journalist.fill('[name="title"]', 'Сколько мостов закроют весной');
	await journalist.fill('[name="text"]', 'Сколько мостов закроют весной на ремонт и какие?');
	await journalist.selectOption('[name="topic"]', 'roads');
	await press(journalist, 'main form button.button');
	const number = journalist.url().split('/').pop().split('?')[0];

	await go(officer, '/desk?queue=press');
	await press(officer, `main a[href="/desk/${number}"]`);
	assert.match(await officer.textContent('main'), /Сколько мостов/);
	const desk = await signInAgain();
	await answer(desk, number);

	await go(officer, '/desk/press');
	await press(officer, 'main a[href^="/desk/press/questions/"]');
	await officer.fill('[name="answer"]', 'Закроют три моста, названия на схеме.');
	await day(officer, 'day', 2);
	await press(officer, 'main form button.button:not(.secondary)');
	assert.match(await officer.textContent('main'), /под эмбарго/);
	const hidden = await go(anyone, `/appeals/${number}`);
	assert.equal(hidden.status(), 404);
	await go(journalist, '/press/mine');
	assert.match(await journalist.textContent('main'), /эмбарго до/);

	for (const part of ['day', 'month', 'year']) await officer.fill(`[name="day-${part}"]`, '');
	await press(officer, 'main form button.button:not(.secondary)');
	await go(anyone, '/press/questions');
	await press(anyone, `main a[href="/appeals/${number}"]`);
	assert.match(await anyone.textContent('main'), /Закроют три моста/);
});

// The answer itself is written on the desk, whose own journey is tested elsewhere.
const signInAgain = () => signIn(server.base, 'press.r10_roads@demo.kz', 1);
async function answer(desk, number) {
	const at = `/desk/${number}`;
	await desk.get(at);
	for (const [act, fields] of [['register', { kind: 'media_inquiry', topic: 'roads', points: '' }], ['take', {}]])
		if (desk.html.includes(`action="${at}/${act}"`)) await desk.post(`${at}/${act}`, fields, `${at}/${act}`);
	await desk.post(`${at}/submit`, { decision: 'explained', lang: 'ru', text: 'Закроют три моста: на Абая, на Иртыше и у вокзала.', steps: `${dayAhead(150)} Открытие`, options: '' }, `${at}/save`);
	await desk.post(`${at}/approve`, {}, `${at}/approve`);
	await desk.post(`${at}/sign`, {}, `${at}/sign`);
	assert.equal(desk.status, 200);
}

test('a body keeps its plan and whoever asked reads "you said, we did"', async () => {
	const head = await as(await signIn(server.base, 'head.r10_roads@demo.kz'));

	await go(head, '/desk/plan/new');
	await head.fill('[name="title"]', 'На улице Абая будет свет');
	await head.fill('[name="post"]', 'Отдел освещения');
	await day(head, 'due', 40);
	await press(head, 'main form button.button');
	assert.match(head.url(), /\/desk\/plan\/\d+/);
	const r = await fetch(server.base + '/api/v1/appeals', { method: 'POST', body: JSON.stringify({ kind: 'message', text: 'На улице Абая темно, горит один фонарь.', topic: 'roads', place: 100000000, body: 10003,
		name: 'Иван Петров', email: 'ivan@example.kz' }) });
	await head.fill('#number', '26-0000-0000');
	await press(head, 'form[action$="/voices"] button');
	assert.match(await head.textContent('main'), /Такого обращения у органа нет/);
	await head.fill('#number', (await r.json()).number);
	await press(head, 'form[action$="/voices"] button');
	assert.match(await head.textContent('dl.facts'), /просил 1 человек/);
	await head.fill('[name="text"]', 'Столбы не привезли.');
	await day(head, 'due', 70);
	await press(head, 'button[formaction$="/move"]');
	assert.match(await head.textContent('ol.trail'), /Столбы не привезли/);
	await head.fill('[name="text"]', 'Свет горит.');
	await head.fill('[name="link"]', 'https://example.kz/svet');
	await press(head, 'button[formaction$="/done"]');
	const id = head.url().split('/').pop();
	const anyone = await as(null, { viewport: { width: 320, height: 640 } });
	await go(anyone, `/plans/${id}`);
	assert.match(await anyone.textContent('main'), /сделано[\s\S]*Срок перенесён[\s\S]*Свет горит/);
	assert.ok(await anyone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
	for (let i = 0; ; i++) { // the letters go by a job
		await go(anyone, '/demo/mail');
		if (/Вы сказали, мы сделали: На улице Абая будет свет/.test(await anyone.textContent('main'))) break;
		assert.ok(i < 60, 'the person is told');
		await anyone.waitForTimeout(500);
	}
});
