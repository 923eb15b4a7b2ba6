// A whole meeting with several people at once: chair, moderator, minutes-taker whose net is gone for a while, a citizen on a phone, the hall's projector, a
// journalist who reads. Once with scripts in Kazakh (and parts in Russian and English), once without scripts in Russian.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, signIn } from '../lib/server.mjs';
import { openBrowser, findings, axeFindings } from '../lib/browser.mjs';

let server, browser, staff = {};
test.before(async () => {
	server = await startServer({ demo: 20 });
	browser = await openBrowser();
	for (const role of ['head', 'moderator', 'executor', 'operator']) staff[role] = await signIn(server.base, `${role}.r10_roads@demo.kz`);
});
test.after(async () => { await browser?.close(); await server?.stop(); });

const shot = async (page, name) => { if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/meeting-${name}.png`, fullPage: true }); };
async function person(options, who) {
	const context = await browser.newContext(options);
	if (who) await context.addCookies([...staff[who].cookies].filter(([k]) => k !== 'lang').map(([name, value]) => ({ name, value, url: server.base })));
	const page = await context.newPage();
	page.problems = [];
	page.on('pageerror', (e) => page.problems.push(e.message));
	return page;
}
async function announced() {
	const head = staff.head, soon = new Date(Date.now() + 20 * 86400e3);
	await head.get('/desk/meetings/new');
	await head.post('/desk/meetings/new', { place: '101000000', 'day-day': String(soon.getDate()), 'day-month': String(soon.getMonth() + 1), 'day-year': String(soon.getFullYear()), hour: '15', minute: '0',
		length: '90', lang: 'kk', speaker: 'Басқарма басшысы Ерлан Беков', venue: 'Мәдениет үйі, Абай көшесі, 1', agenda: 'Жолдар мен автобустар туралы.', seats: '200', reserved: '0',
		broadcast: 'https://example.kz/live', contact: '8 7222 52 00 00' }, '/desk/meetings/new');
	const id = head.url.match(/\d+/)[0];
	await head.post(`/desk/meetings/${id}/announce`, {}, `/desk/meetings/${id}/announce`);
	return id;
}
async function clean(page, where, axe = true) {
	assert.deepEqual([...await findings(page, where), ...(axe ? await axeFindings(page, where) : []), ...page.problems], []);
}

test('a whole meeting, scripts on, in Kazakh', async () => {
	const id = await announced(), desk = `/desk/meetings/${id}`, kk = { locale: 'kk-KZ' };
	const citizen = await person({ ...kk, viewport: { width: 360, height: 740 } }), hall = await person({ ...kk, viewport: { width: 1920, height: 1080 } });
	const chair = await person({ ...kk, viewport: { width: 390, height: 800 } }, 'head'), moderator = await person({ ...kk, viewport: { width: 1280, height: 900 } }, 'moderator');
	const minutes = await person({ ...kk, viewport: { width: 1024, height: 800 } }, 'executor'), journalist = await person({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });

	await moderator.goto(server.base + `${desk}/queue`);
	await hall.goto(server.base + `/meetings/${id}/screen`);
	await journalist.goto(server.base + `/meetings/${id}`);
	await shot(journalist, 'announced-en');
	await citizen.goto(server.base + '/meetings');
	await clean(citizen, 'list');
	await shot(citizen, 'list-kk');
	await citizen.click(`a[href="/meetings/${id}"]`);
	await clean(citizen, 'meeting on a phone');
	await shot(citizen, 'show-kk-phone');
	await citizen.click(`a[href="/meetings/${id}/register"]`);
	await citizen.fill('#name', 'Айгүл Серікова');
	await citizen.click('main form button');
	assert.match(await citizen.textContent('main'), /Есік алдында осы кодты айтыңыз/);
	await clean(citizen, 'ticket');
	await shot(citizen, 'ticket-kk');
	await citizen.goto(server.base + `/meetings/${id}/questions`);
	await citizen.fill('#text', 'Ауылға автобус неге жүрмейді? Балалар мектепке жаяу барады.');
	await citizen.fill('#email', 'aigul@example.kz');
	await citizen.click('form[data-draft] button');
	await clean(citizen, 'questions');
	await shot(citizen, 'ask-kk');

	// the moderator's room hears of it by itself
	await moderator.click(`#room form[action="${desk}/let"] button >> text=Кезекке жіберу`);
	await moderator.check('input[name=how][value=hall]');
	await moderator.fill('#text', 'Мектеп алдындағы жол қашан жөнделеді?');
	await moderator.click(`form[action="${desk}/add"] button`);
	await clean(moderator, 'queue');
	await shot(moderator, 'queue-kk');

	await chair.goto(server.base + `${desk}/chair`);
	await chair.click(`form[action="${desk}/begin"] button`);
	await hall.waitForSelector('[data-ticks]');
	await hall.waitForFunction(() => /Басқа/.test(document.querySelector('.clock-now').textContent));
	await chair.click(`form[action="${desk}/clock"] button[value=talk]`);
	await hall.waitForFunction(() => /Баяндама/.test(document.querySelector('.clock-now').textContent));
	await hall.waitForFunction(() => document.querySelector('[data-clock=talk]').textContent >= '0:02', null, { timeout: 15000 });
	await chair.click(`form[action="${desk}/clock"] button[value=questions]`);
	await chair.click('#room form button >> text=Қазір жауап беру');
	await hall.waitForFunction(() => /автобус/.test(document.querySelector('[data-key=now]').textContent));
	await journalist.waitForFunction(() => /автобус/.test(document.querySelector('[data-key=now]')?.textContent ?? ''));
	assert.match(await journalist.textContent('.clock-now'), /Questions and answers/);
	await clean(chair, 'chair');
	await shot(chair, 'chair-kk');
	await clean(hall, 'hall', false);
	assert.deepEqual(await axeFindings(hall, 'hall'), []);
	await shot(hall, 'hall-kk');
	await shot(journalist, 'live-en');

	// the net is gone: what is typed stays on the device and goes out by itself
	await minutes.goto(server.base + `${desk}/minutes`);
	await clean(minutes, 'minutes');
	await minutes.context().setOffline(true);
	await minutes.check('input[name=kind][value=answer]');
	await minutes.fill('#about', '1');
	await minutes.fill('#text', 'Автобус 2027 жылғы 1 қаңтардан бастап күніне төрт рет жүреді. Тасымалдаушымен келісім жасалды.');
	await minutes.click('form[data-minutes] button');
	await minutes.check('input[name=kind][value=question]');
	await minutes.fill('#about', '');
	await minutes.fill('#text', 'Ауылда дәріхана қашан ашылады?');
	await minutes.click('form[data-minutes] button');
	assert.equal(await minutes.inputValue('#text'), '');
	assert.equal(await minutes.locator('#unsent-list li').count(), 2);
	await shot(minutes, 'minutes-offline-kk');
	await chair.click(`#room form[action="${desk}/question"] button >> text=Жауап берілді`);
	await minutes.context().setOffline(false);
	await minutes.waitForFunction(() => document.getElementById('unsent').hidden, null, { timeout: 20000 });
	await minutes.reload();
	assert.match(await minutes.textContent('#room'), /Тасымалдаушымен келісім/);
	await minutes.context().setOffline(true); // closed and opened again with something unsent
	await minutes.check('input[name=kind][value=note]');
	await minutes.fill('#text', 'Зал толы.');
	await minutes.click('form[data-minutes] button');
	await minutes.context().setOffline(false);
	await minutes.reload();
	await minutes.waitForFunction(() => /Зал толы/.test(document.getElementById('room').textContent), null, { timeout: 20000 });
	await shot(minutes, 'minutes-kk');

	await chair.goto(server.base + `${desk}/chair`);
	await chair.click('details summary >> text=Кездесуді аяқтау');
	await chair.click(`form[action="${desk}/end"] button`);
	await chair.waitForURL(/\/after/);
	await chair.waitForFunction(() => { if (document.querySelectorAll('a.mono').length >= 3) return true; if (!window.again) window.again = setTimeout(() => location.reload(), 700); return false; }, null, { timeout: 20000 });
	await clean(chair, 'after');
	await shot(chair, 'after-kk');
	await chair.fill('#summary', 'Автобус, жол және дәріхана туралы айтылды. Автобус 1 қаңтардан жүреді.');
	await chair.click(`form[action="${desk}/publish"] button`);
	await journalist.goto(server.base + `/meetings/${id}?`);
	assert.match(await journalist.textContent('main'), /Answered on the spot/);
	assert.match(await journalist.textContent('main'), /Тасымалдаушымен келісім/);
	assert.match(await journalist.textContent('main'), /The talk took \d+\s% of the time/);
	await clean(journalist, 'published');
	await shot(journalist, 'published-en');
	await citizen.goto(server.base + `/meetings/${id}?1`);
	await clean(citizen, 'published on a phone');
	await shot(citizen, 'published-kk-phone');
	const door = await person({ ...kk, viewport: { width: 390, height: 800 } }, 'operator');
	await door.goto(server.base + `${desk}/door`);
	await clean(door, 'door');
	for (const p of [desk, '/desk/meetings', `${desk}/slips`]) {
		await moderator.goto(server.base + p);
		await clean(moderator, p);
		await shot(moderator, p.replace(/\W+/g, '-').replace(id, 'ID'));
	}
	for (const p of [citizen, hall, chair, moderator, minutes, journalist, door]) await p.context().close();
});

test('a whole meeting, scripts off, in Russian, at 320 px', async () => {
	const id = await announced(), desk = `/desk/meetings/${id}`, off = { locale: 'ru-RU', javaScriptEnabled: false, viewport: { width: 320, height: 640 } };
	const citizen = await person(off), chair = await person(off, 'head'), minutes = await person(off, 'executor');
	await citizen.goto(server.base + `/meetings/${id}/questions`);
	await citizen.fill('#text', 'Когда отремонтируют дорогу до аула?');
	await citizen.click('form[data-draft] button');
	await chair.goto(server.base + `${desk}/queue`);
	await chair.click('button >> text=Пропустить в очередь');
	await chair.goto(server.base + `${desk}/chair`);
	await chair.click(`form[action="${desk}/begin"] button`);
	await chair.click(`form[action="${desk}/clock"] button[value=questions]`);
	await chair.click('button >> text=Отвечать сейчас');
	await clean(chair, 'chair, scripts off', false);
	await citizen.goto(server.base + `/meetings/${id}?2`);
	assert.match(await citizen.textContent('[data-key=now]'), /дорогу до аула/);
	await clean(citizen, 'live, scripts off', false);
	await shot(citizen, 'live-ru-320');
	await minutes.goto(server.base + `${desk}/minutes`);
	await minutes.check('input[name=kind][value=answer]');
	await minutes.fill('#about', '1');
	await minutes.fill('#text', 'Дорогу отремонтируют до 15 октября 2027 года. Подрядчик выбран.');
	await minutes.click('form[data-minutes] button');
	assert.match(await minutes.textContent('#room'), /Подрядчик выбран/);
	await clean(minutes, 'minutes, scripts off', false);
	await chair.click('button >> text=Ответили');
	await chair.click('details summary >> text=Закончить встречу');
	await chair.click(`form[action="${desk}/end"] button`);
	for (let i = 0; i < 50 && !await chair.locator('a.mono').count(); i++) { await new Promise((r) => setTimeout(r, 300)); await chair.reload(); }
	await chair.fill('#summary', 'Говорили о дороге.');
	await chair.click(`form[action="${desk}/publish"] button`);
	await citizen.goto(server.base + `/meetings/${id}?3`);
	assert.match(await citizen.textContent('main'), /Ответили на месте/);
	await clean(citizen, 'published, scripts off', false);
	for (const p of [citizen, chair, minutes]) await p.context().close();
});
