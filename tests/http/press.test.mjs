// A journalist is accredited, asks, is answered under embargo; until the release no door shows a word of it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn, signInCitizen, dayAhead, dayFields } from '../lib/server.mjs';

const BODY = 10003, SECRET = 'Золотомост';
let server, journalist, officer;
test.before(async () => {
	server = await startServer({ demo: 20 });
	journalist = await signInCitizen(server.base, { n: 41, name: 'Әсел Жүнісова' });
	officer = await signIn(server.base, 'press.r10_roads@demo.kz');
});
test.after(async () => { await server?.stop(); });

const inDays = (n) => ({ day: dayAhead(n), ...dayFields('day', n) });
const none = { day: '', 'day-day': '', 'day-month': '', 'day-year': '' };
const guest = (where) => fetch(server.base + where, { redirect: 'manual' });

// Every public door that could hold the text: pages, feeds, exports, searches, both interfaces.
const doors = (number) => ['/', '/appeals', '/appeals.atom', '/appeals.csv', `/appeals/${number}`, '/api/v1/appeals', `/api/v1/appeals/${number}`, '/open311/v2/requests.json',
	`/open311/v2/requests/${number}.json`, '/press', '/press/questions', '/press.atom', '/press.csv', '/press/briefings', '/press/briefings.ics', '/press/briefings.csv',
	`/bodies/${BODY}`, `/bodies/${BODY}/press`, `/search?q=${encodeURIComponent(SECRET)}`, '/now', `/standard/${BODY}/journalists`, `/track?number=${number}`];
async function open(number, where = doors(number)) {
	const found = [];
	for (const door of where) {
		const page = await (await guest(`${door}${door.includes('?') ? '&' : '?'}fresh=${Math.random()}`)).text();
		if (page.replaceAll(`value="${SECRET}"`, '').includes(`${SECRET} `)) found.push(door);
	}
	return found;
}

test('without an accreditation nobody asks; the press service grants it and may take it back', async () => {
	await journalist.get('/press/ask');
	assert.match(journalist.url, /^\/press\/accreditation/);
	await journalist.post('/press/accreditation', { body: BODY, name: '', medium: 'Дала үні' }, '/press/accreditation');
	assert.equal(journalist.status, 422);
	assert.match(journalist.html, /Дала үні/, 'what was typed is still there');
	await journalist.post('/press/accreditation', { body: BODY, name: 'Әсел Жүнісова', medium: 'Дала үні', post: 'тілші' }, '/press/accreditation');
	assert.equal(journalist.url, '/press/mine');
	const other = await signIn(server.base, 'press.r10_utilities@demo.kz');
	await other.get('/desk/press/accreditations');
	assert.doesNotMatch(other.html, /Дала үні/, 'another body does not see the application');
	await officer.get('/desk?queue=all');
	assert.match(officer.text(), /Решить об аккредитации журналиста/);
	await officer.get('/desk/press/accreditations');
	const [, id] = officer.html.match(/accreditations\/(\d+)\/grant/);
	await officer.post(`/desk/press/accreditations/${id}/grant`, {}, `/desk/press/accreditations/${id}/grant`);
	assert.match(officer.text(), /аккредитован/);
	await journalist.get('/press/ask');
	assert.match(journalist.text(), /Вы спрашиваете от Дала үні/);
});

test('an answer under embargo is behind every door until it is released', async () => {
	await journalist.get('/press/ask');
	await journalist.post('/press/ask', { body: BODY, title: `${SECRET} когда откроют`, text: `${SECRET} закрыт с марта. Когда его откроют?`, topic: 'roads', lang: 'ru' }, '/press/ask');
	assert.match(journalist.url, /^\/appeals\//, journalist.text().slice(0, 400));
	const number = journalist.url.split('/')[2], desk = `/desk/${number}`;

	await officer.get('/desk?queue=press');
	assert.match(officer.html, new RegExp(number), 'in the journalists\' queue');
	const registrar = await signIn(server.base, 'registrar.r10_roads@demo.kz');
	await registrar.get('/desk?queue=owed');
	assert.doesNotMatch(registrar.html, new RegExp(`href="${desk}"`), 'not among the citizens\' appeals');
	await officer.get(desk);
	await officer.post(`${desk}/register`, { kind: 'media_inquiry', topic: 'roads', points: '' }, `${desk}/register`);
	await officer.post(`${desk}/take`, {}, `${desk}/take`);
	const words = { decision: 'explained', lang: 'ru', text: `${SECRET} откроют 1 декабря, подрядчик назван.`, steps: `${dayAhead(300)} Открытие`, options: '' };
	await officer.post(`${desk}/submit`, words, `${desk}/save`);
	await officer.post(`${desk}/approve`, {}, `${desk}/approve`);
	await officer.post(`${desk}/sign`, {}, `${desk}/sign`);
	await journalist.get(`/appeals/${number}`);
	assert.match(journalist.html, new RegExp(`${SECRET} откроют 1 декабря`), 'the journalist has the answer');

	await officer.get('/desk/press');
	const [, id] = officer.html.match(new RegExp(`/desk/press/questions/(\\d+)">${SECRET} когда`));
	const where = `/desk/press/questions/${id}`, shown = { title: `${SECRET} когда откроют`, question: `${SECRET} закрыт с марта.`, answer: `${SECRET} откроют 1 декабря.` };
	await officer.get(where);
	assert.match(officer.html, /откроют 1 декабря/, 'the answer is proposed');
	await officer.post(where, { ...shown, ...inDays(60), hour: 9 }, where);
	assert.equal(officer.status, 422, 'an embargo has an end');
	await officer.post(where, { ...shown, ...inDays(3), hour: 9 }, where);
	assert.equal(officer.status, 200, officer.text().slice(0, 500));
	assert.match(officer.text(), /под эмбарго/);
	assert.deepEqual(await open(number), []);
	const moderator = await signIn(server.base, 'moderator.r10_roads@demo.kz');
	await moderator.get('/desk?queue=clear');
	assert.doesNotMatch(moderator.html, new RegExp(number), 'nor can a moderator let it out');

	await officer.get(where);
	await officer.post(where, { ...shown, ...none, hour: 9 }, where);
	assert.equal(officer.status, 200);
	const now = await open(number);
	for (const door of ['/press', '/press/questions', '/press.atom', '/press.csv', `/appeals/${number}`, '/appeals.csv', `/bodies/${BODY}/press`, `/api/v1/appeals/${number}`])
		assert.ok(now.includes(door), `${door} shows it once it is out; shown on ${now}`);
	const page = await (await guest(`/appeals/${number}?x`)).text();
	assert.doesNotMatch(page, /Әсел|Жүнісова/, 'the medium is named, the person is not');
});

test('what is not published says why, to the journalist alone', async () => {
	const words = 'Кварцевая', reason = 'Идёт следствие, ответ содержит имена.';
	await journalist.get('/press/ask');
	await journalist.post('/press/ask', { body: BODY, title: `${words} улица`, text: `Почему закрыта улица ${words} и надолго ли?`, topic: 'roads', lang: 'ru' }, '/press/ask');
	const number = journalist.url.split('/')[2], desk = `/desk/${number}`;
	await officer.get(desk);
	await officer.post(`${desk}/register`, { kind: 'media_inquiry', topic: 'roads', points: '' }, `${desk}/register`);
	await officer.post(`${desk}/take`, {}, `${desk}/take`);
	await officer.post(`${desk}/submit`, { decision: 'explained', lang: 'ru', text: `Улица ${words} откроется 1 декабря, работы идут по графику.`, steps: `${dayAhead(300)} Открытие`, options: '' }, `${desk}/save`);
	await officer.post(`${desk}/approve`, {}, `${desk}/approve`);
	await officer.post(`${desk}/sign`, {}, `${desk}/sign`);
	await officer.get('/desk/press');
	const where = officer.html.match(new RegExp(`(/desk/press/questions/\\d+)">${words} улица`))[1], withhold = `${where}/withhold`;
	await officer.get(where);
	const open = officer.hidden(where);
	await officer.post(withhold, { title: 'x', question: 'x', answer: 'x', ...none, hour: 9, reason: ' ' }, where);
	assert.equal(officer.status, 422, 'not without a reason');
	await officer.get(where);
	await officer.post(withhold, { title: 'x', question: 'x', answer: 'x', ...none, hour: 9, reason }, where);
	assert.equal(officer.status, 200, officer.text().slice(0, 400));
	assert.match(officer.text(), /не публикуется/);
	await officer.request(withhold, { method: 'POST', body: new URLSearchParams([...open.filter(([k]) => k !== '_key'), ['reason', 'Другая причина']]) });
	assert.notEqual(officer.status, 200, 'it is decided once');
	for (const door of ['/press/questions', '/press.atom', '/press.csv', `/search?q=${encodeURIComponent(words)}`]) {
		const page = await (await guest(`${door}${door.includes('?') ? '&' : '?'}fresh=${Math.random()}`)).text();
		assert.doesNotMatch(page, new RegExp(`${words} улица|${reason}`), door);
	}
	const other = await signIn(server.base, 'press.r10_utilities@demo.kz', 1);
	await other.get(where);
	assert.equal(other.status, 404);
});

test('a release under embargo is for the accredited only', async () => {
	await officer.get('/desk/press/releases/new');
	await officer.post('/desk/press/releases/new', { lang: 'ru', title: `${SECRET} открыт для машин`, text: `${SECRET} открыт для машин с субботы, пешеходы уже идут.`, link: 'javascript:1', ...inDays(2), hour: 9 }, '/desk/press/releases/new');
	assert.equal(officer.status, 422, 'a link is a link');
	await officer.post('/desk/press/releases/new', { lang: 'ru', title: `${SECRET} открыт для машин`, text: `${SECRET} открыт для машин с субботы, пешеходы уже идут.`, link: '', ...inDays(2), hour: 9 }, '/desk/press/releases/new');
	assert.equal(officer.url, '/desk/press');
	await journalist.get('/press');
	const [, release] = journalist.html.match(new RegExp(`<a href="(/press/releases/\\d+)"[^>]*>${SECRET} открыт`));
	await journalist.get(release);
	assert.match(journalist.text(), /открыт для машин/);
	assert.equal((await guest(release)).status, 404);
	assert.doesNotMatch(await (await guest('/press?y')).text(), /открыт для машин/);
	assert.doesNotMatch(await (await guest(`/bodies/${BODY}/press?y`)).text(), /открыт для машин/);
});

test('a briefing for the accredited is not in the public calendar', async () => {
	const words = { lang: 'ru', title: 'Мост: закрытый показ', text: '', place: 'Мост, правый берег', link: '', hour: 11, minute: 0, accredited: '1', ...inDays(2) };
	await officer.get('/desk/press/briefings/new');
	await officer.post('/desk/press/briefings/new', words, '/desk/press/briefings/new');
	assert.match(officer.url, /briefings\/\d+$/, officer.text().slice(0, 400));
	const id = officer.url.split('/').pop();
	assert.equal((await guest(`/press/briefings/${id}`)).status, 404);
	assert.doesNotMatch(await (await guest('/press/briefings.ics')).text(), /закрытый показ/);
	await journalist.get('/press');
	assert.match(journalist.text(), /закрытый показ/);
	await officer.post(`/desk/press/briefings/${id}/held`, { record: 'Показали.', record_link: '' }, `/desk/press/briefings/${id}/held`);
	assert.equal(officer.status, 409, 'not before it begins');
	await officer.get(`/desk/press/briefings/${id}`);
	await officer.post(`/desk/press/briefings/${id}`, { ...words, accredited: [] }, `/desk/press/briefings/${id}`);
	assert.equal((await guest(`/press/briefings/${id}?z`)).status, 200);
	assert.match(await (await guest('/press/briefings.ics?z')).text(), /BEGIN:VEVENT[\s\S]*закрытый показ/);
});

test('two officials decide one accreditation at once: one decision stands', async () => {
	const second = await signIn(server.base, 'all.r10_roads@demo.kz'), where = '/desk/press/accreditations';
	for (let round = 0; round < 10; round++) {
		const who = await signInCitizen(server.base, { n: 60 + round, name: `Тілші ${round}` });
		await who.get('/press/accreditation');
		await who.post('/press/accreditation', { body: BODY, name: `Тілші ${round}`, medium: `Газет ${round}`, post: '' }, '/press/accreditation');
		assert.equal(who.url, '/press/mine', who.text().slice(0, 300));
		for (const c of [officer, second]) await c.get(where);
		const [, id] = officer.html.match(new RegExp(`Газет ${round}[\\s\\S]*?action="${where}/(\\d+)/`));
		if (round === 0) {
			const long = 'Нет редакции. '.repeat(100).trim();
			await officer.post(`${where}/${id}/refuse`, { reason: long }, `${where}/${id}/refuse`);
			assert.equal(officer.status, 422, 'too long');
			assert.ok(officer.html.includes(`>${long}</textarea>`), 'nothing typed is lost');
		}
		await Promise.all([officer.post(`${where}/${id}/grant`, { reason: '' }, `${where}/${id}/grant`), second.post(`${where}/${id}/refuse`, { reason: 'Нет редакции.' }, `${where}/${id}/refuse`)]);
		const won = [officer, second].filter((c) => c.status === 200).length;
		assert.equal(won, 1, `round ${round}: ${officer.status}, ${second.status}`);
		await who.get('/press/mine');
		assert.equal(/Нет редакции/.test(who.text()), second.status === 200, 'what the person reads is what the one who won said');
	}
});
