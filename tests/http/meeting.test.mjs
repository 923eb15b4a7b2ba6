// A meeting over HTTP, from the plan to the appeals: announcement with proof, seats and the waiting list, questions, minutes sent again, the end pressed twice.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, signIn, Client, until, dayAhead, dayFields } from '../lib/server.mjs';

let server, staff = {}, later;
const day = (n) => dayFields('day', n);
const district = '101000000'; // Semey

test.before(async () => {
	server = await startServer({ demo: 20 });
	for (const role of ['head', 'moderator', 'executor', 'registrar', 'operator']) staff[role] = await signIn(server.base, `${role}.r10_roads@demo.kz`);
	later = await signIn(server.base, 'executor.r10_utilities@demo.kz');
});
test.after(async () => { await server?.stop(); });

async function plan(seats = '2', when = day(20)) {
	const head = staff.head;
	await head.get('/desk/meetings/new');
	await head.post('/desk/meetings/new', { place: district, ...when, hour: '15', minute: '0', length: '120', lang: 'ru', speaker: 'Руководитель управления Ерлан Беков',
		venue: 'Дом культуры, улица Абая, 1', seats, reserved: '0' }, '/desk/meetings/new');
	assert.match(head.url, /^\/desk\/meetings\/\d+$/, head.text().slice(0, 500));
	return head.url.match(/\d+/)[0];
}
async function announced(seats) {
	const id = await plan(seats);
	await staff.head.post(`/desk/meetings/${id}/announce`, {}, `/desk/meetings/${id}/announce`);
	assert.equal(staff.head.status, 200);
	return id;
}
// a page that is the same for everybody may be sent again for a moment: another address is drawn anew
let shows = 0;
const show = (c, id) => c.get(`/meetings/${id}?${shows++}`);

test('a meeting is planned, proven, announced and moved, and everybody can read how', async () => {
	const head = staff.head, id = await plan();
	const anyone = new Client(server.base);
	await show(anyone, id);
	assert.match(anyone.text(), /Встреча с жителями: область Абай, город Семей/);
	assert.match(anyone.text(), /Ещё не объявлена/);
	assert.ok(!anyone.html.includes(`/meetings/${id}/register`), 'no registration before the announcement');
	await head.get(`/desk/meetings/${id}`);
	const proof = new FormData();
	for (const [k, v] of head.hidden(`/desk/meetings/${id}/proof`)) proof.append(k, v);
	const today = day(0);
	for (const [k, v] of Object.entries({ channel: 'site', link: 'https://example.kz/объявление', 'shown-day': today['day-day'], 'shown-month': today['day-month'], 'shown-year': today['day-year'] })) proof.append(k, v);
	await head.request(`/desk/meetings/${id}/proof`, { method: 'POST', body: proof });
	assert.equal(head.status, 200, head.text().slice(0, 400));
	await head.get(`/desk/meetings/${id}`);
	await head.post(`/desk/meetings/${id}/announce`, {}, `/desk/meetings/${id}/announce`);
	await show(anyone, id);
	assert.match(anyone.text(), /Официальный сайт/);
	assert.match(anyone.text(), /Не хватает подтверждений: 2/, 'two media are missing');
	await head.get(`/desk/meetings/${id}`);
	await head.post(`/desk/meetings/${id}/move`, { ...day(22), hour: '10', minute: '37', length: '90', reason: '' }, `/desk/meetings/${id}/move`);
	assert.equal(head.status, 422);
	for (const [name, typed] of Object.entries({ ...day(22), minute: '37' })) assert.match(head.html, new RegExp(`name="${name}"[^>]* value="${typed}"`), `${name} is still there`);
	await head.post(`/desk/meetings/${id}/move`, { ...day(22), hour: '10', minute: '30', length: '5', reason: 'Ремонт зала' }, `/desk/meetings/${id}/move`);
	assert.equal(head.status, 422, 'five minutes are no meeting');
	assert.match(head.html, /<details open><summary>[^<]*<\/summary><div><form[^>]*\/move"[\s\S]*?name="reason" value="Ремонт зала"/, 'what was typed is not lost, and is seen');
	await head.post(`/desk/meetings/${id}/move`, { ...day(22), hour: '10', minute: '30', length: '90', reason: 'Ремонт зала' }, `/desk/meetings/${id}/move`);
	assert.equal(head.status, 200);
	await show(anyone, id);
	assert.match(anyone.text(), /Ремонт зала/);
	const ics = await (await fetch(`${server.base}/meetings/${id}.ics`, { headers: { 'accept-language': 'ru' } })).text();
	const stamp = dayAhead(22).replaceAll('-', '');
	assert.match(ics, new RegExp(`DTSTART:${stamp}T053000Z\r\n`), 'half past ten in Almaty is half past five in UTC');
	assert.match(ics, /SEQUENCE:1\r\n/);
	assert.ok(ics.split('\r\n').every((l) => Buffer.byteLength(l) <= 75));
	await later.get(`/desk/meetings/${id}`);
	assert.equal(later.status, 404, 'another body has no desk here');
});

test('a photo of the announcement is drawn anew, stands on the page and opens only under its own meeting', async () => {
	const head = staff.head, id = await plan(), other = await plan(), where = `/desk/meetings/${id}/proof`, t = day(0);
	const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
	const send = async (bytes, type, name) => {
		await head.get(`/desk/meetings/${id}`);
		const form = new FormData();
		for (const [k, v] of head.hidden(where)) form.append(k, v);
		for (const [k, v] of Object.entries({ channel: 'public_place', link: '', note: 'Доска у магазина', 'shown-day': t['day-day'], 'shown-month': t['day-month'], 'shown-year': t['day-year'] })) form.append(k, v);
		form.append('files', new Blob([bytes], { type }), name);
		await head.request(where, { method: 'POST', body: form });
	};
	await send('это не снимок', 'image/png', 'доска.png');
	assert.equal(head.status, 422, 'words under the name of a photo are no photo');
	assert.match(head.html, /Доска у магазина/, 'nothing typed is lost');
	await send(png, 'image/png', 'доска.png');
	assert.equal(head.status, 200, head.text().slice(0, 400));
	const anyone = new Client(server.base);
	await show(anyone, id);
	const photo = anyone.html.match(new RegExp(`href="(/meetings/${id}/photo/\\d+)"`))[1], r = await fetch(server.base + photo);
	assert.equal(r.status, 200);
	assert.match(r.headers.get('content-type'), /^image\/jpeg/, 'drawn anew: nothing that the camera wrote into it is left');
	assert.ok((await r.arrayBuffer()).byteLength > 100);
	assert.equal((await fetch(server.base + photo.replace(id, other))).status, 404, 'it belongs to its meeting');
	assert.match(anyone.text(), /Доска у магазина/);
});

test('two questions that ask the same become one: its voices add up, and the other one follows it', async () => {
	const id = await announced('0'), asker = new Client(server.base), { moderator, executor } = staff, queue = `/desk/meetings/${id}/queue`, join = `/desk/meetings/${id}/join`;
	for (const text of ['Когда починят мост через овраг?', 'Мост через овраг когда починят?', 'Будет ли автобус до города?']) {
		await asker.get(`/meetings/${id}/questions`);
		await asker.post(`/meetings/${id}/questions`, { text, topic: '', name: '', email: '', phone: '' }, `/meetings/${id}/questions`);
		assert.equal(asker.status, 200);
	}
	await moderator.get(queue);
	const ids = [...moderator.html.matchAll(/action="[^"]*\/join"[^>]*>(?:<input type="hidden" name="_[^>]*>)*<input type="hidden" name="question" value="(\d+)"/g)].map((m) => m[1]);
	assert.equal(ids.length, 3);
	await moderator.post(join, { question: ids[1], number: '9' }, join);
	assert.equal(moderator.status, 422, 'there is no ninth');
	await moderator.post(join, { question: ids[1], number: '2' }, join);
	assert.equal(moderator.status, 422, 'nor is a question joined to itself');
	await moderator.get(queue);
	await moderator.post(join, { question: ids[1], number: '1' }, join);
	assert.equal(moderator.status, 200, moderator.text().slice(0, 300));
	await executor.get(`/desk/meetings/${id}/minutes`);
	await executor.request(join, { method: 'POST', body: new URLSearchParams([...executor.hidden().filter(([k]) => k === '_csrf'), ['question', ids[2]], ['number', '1']]) });
	assert.equal(executor.status, 403, 'the minutes-taker joins nothing');
	const let_ = `/desk/meetings/${id}/let`;
	await moderator.get(queue);
	await moderator.post(let_, { question: ids[0], to: 'queued' }, let_);
	await show(asker, id);
	const [first, second] = [1, 2].map((n) => asker.html.split(`<li id="q${n}">`)[1].split('</li>')[0]);
	assert.match(first, /· 1 голос/, 'who asked the same is a voice');
	assert.match(second, /Объединён/, 'and is not dropped');
	const stranger = await signIn(server.base, 'moderator.r10_utilities@demo.kz');
	await stranger.get(queue);
	assert.equal(stranger.status, 404);
});

test('more questions than a page holds are read to the last one, and more meetings than a desk shows', async () => {
	const id = await announced('0'), { head, executor } = staff;
	await head.get(`/desk/meetings/${id}/chair`);
	await head.post(`/desk/meetings/${id}/begin`, {}, `/desk/meetings/${id}/begin`);
	await executor.get(`/desk/meetings/${id}/minutes`);
	const token = executor.hidden(`/desk/meetings/${id}/minutes`).filter(([k]) => k === '_csrf'), cookie = [...executor.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
	for (let at = 1; at <= 310; at += 31) {
		const rows = Array.from({ length: 31 }, (_, i) => `many-lines-${at + i}\tquestion\t\tКогда сделают улицу номер ${at + i}?`);
		const r = await fetch(`${server.base}/desk/meetings/${id}/lines`, { method: 'POST', body: new URLSearchParams([...token, ['lines', rows.join('\n')]]), headers: { cookie } });
		assert.equal((await r.json()).kept.length, 31);
	}
	const anyone = new Client(server.base), shown = () => anyone.html.match(/<li id="q\d+"/g)?.length;
	await show(anyone, id);
	for (const after of [100, 200, 300]) {
		assert.equal(shown(), 100);
		await anyone.get(anyone.html.match(new RegExp(`href="(/meetings/\\d+\\?after=${after})#questions"`))[1]);
	}
	assert.equal(shown(), 10);
	assert.match(anyone.html, /id="q310"/);
	assert.doesNotMatch(anyone.html, /\?after=/);

	// the hall's queue, for who votes and for the moderator, and the minutes: fifty on a page, each question once
	const walk = async (c, path, item, link) => {
		const seen = [];
		for (let where = path; where; where = c.html.match(link)?.[1].replaceAll('&amp;', '&')) {
			await c.get(where);
			const here = [...c.html.matchAll(item)].map((m) => m[1]);
			assert.ok(here.length <= 51, `${here.length} on one page`);
			seen.push(...here);
		}
		return seen;
	};
	const each = (l, n, why) => assert.equal(new Set(l).size, n, `${why}: ${l.length} shown`);
	each(await walk(anyone, `/meetings/${id}/questions`, /<b>(\d+)\.<\/b>/g, /href="(\/meetings\/\d+\/questions\?after=[^"]+)"/), 309, 'those that stand in the queue');
	each(await walk(staff.moderator, `/desk/meetings/${id}/queue`, /<b>(\d+)\.<\/b>/g, /href="([^"]+\/queue\?queued=[^"]+)"/), 310, 'the queue, and the one that is being answered');
	each(await walk(executor, `/desk/meetings/${id}/minutes`, /<b>(\d+)\.<\/b>/g, /href="([^"]+\/minutes\?before=[^"]+)"/), 310, 'questions beside the minutes');

	for (let i = 0; i < 61; i++) await plan('2', day(30 + i));
	const seen = new Set();
	for (let where = '/desk/meetings'; where; where = head.html.match(/href="(\/desk\/meetings\?ahead=[^"]+)"/)?.[1]) {
		await head.get(where);
		for (const [m] of head.html.matchAll(/\/desk\/meetings\/\d+/g)) seen.add(m);
	}
	assert.ok(seen.size >= 62, `${seen.size} meetings`);

	await head.get(`/desk/meetings/${id}`);
	await head.get(head.html.match(/href="(\/desk\/reception\/days\/new\?meeting=[^"]+)"/)[1].replaceAll('&amp;', '&'));
	const d = day(20);
	assert.match(head.html, new RegExp(`name="on-day"[^>]*value="${d['day-day']}"`), 'a reception beside a meeting is on its day');
});

test('fifty times two people and one last seat: never both, never neither', async () => {
	const id = await announced('1'), where = `/meetings/${id}/register`;
	for (let round = 0; round < 50; round++) {
		const people = [new Client(server.base), new Client(server.base)];
		await Promise.all(people.map((c) => c.get(where)));
		await Promise.all(people.map((c, i) => c.post(where, { name: 'Айгүл', email: `race${round}.${i}@example.kz` }, where)));
		const sit = people.filter((c) => /Назовите этот код/.test(c.text())), wait = people.filter((c) => /листе ожидания/.test(c.text()));
		assert.deepEqual([sit.length, wait.length], [1, 1], `round ${round}: ${people.map((c) => c.text().slice(0, 200)).join()}`);
		for (const c of [...wait, ...sit]) await c.post(`${c.url}/leave`, {}, `${c.url}/leave`);
	}
});

test('two people and one last seat: one sits, one waits and moves up when the other leaves', async () => {
	const id = await announced('1'), people = [new Client(server.base), new Client(server.base)];
	for (const c of people) await c.get(`/meetings/${id}/register`);
	await Promise.all(people.map((c, i) => c.post(`/meetings/${id}/register`, { name: 'Айгүл', email: `seat${i}@example.kz` }, `/meetings/${id}/register`)));
	const sits = people.find((c) => /Назовите этот код/.test(c.text())), waits = people.find((c) => /листе ожидания/.test(c.text()));
	assert.ok(sits && waits && sits !== waits, people.map((c) => c.text().slice(0, 200)).join());
	const code = sits.html.match(/class="number">([0-9A-Z]+)</)[1];
	assert.match(code, /^[2-9A-HJKMNP-TV-Z]{5}$/);
	await sits.post(`${sits.url}/leave`, {}, `${sits.url}/leave`);
	assert.equal(sits.status, 200);
	await waits.get(waits.url);
	assert.match(waits.text(), /Назовите этот код/, 'moved up in the same transaction');
	await until('the letter came', async () => (await new Client(server.base).get('/demo/mail')).text().includes('освободилось место'));
	const other = new Client(server.base);
	await other.get(waits.url.replace(/.$/, (x) => (x === '2' ? '3' : '2')));
	assert.equal(other.status, 404, 'a ticket needs its secret');
	const door = staff.operator;
	await door.get(`/desk/meetings/${id}/door`);
	await door.post(`/desk/meetings/${id}/door`, { code: '22222', name: '' }, `/desk/meetings/${id}/door`);
	assert.equal(door.status, 422);
	await door.post(`/desk/meetings/${id}/door`, { code: waits.html.match(/class="number">([0-9A-Z]+)</)[1].toLowerCase(), name: '' }, `/desk/meetings/${id}/door`);
	assert.equal(door.status, 200);
	await door.post(`/desk/meetings/${id}/door`, { code: '', name: 'Ата без телефона' }, `/desk/meetings/${id}/door`);
	assert.match(door.text(), /Ата без телефона/);
});

test('a whole meeting: asked, let through, answered, owed, passed on, and every question is an appeal', async () => {
	const id = await announced('0'), asker = new Client(server.base), { head, moderator, executor, registrar } = staff;
	const ask = async (text, more = {}) => { await asker.get(`/meetings/${id}/questions`); await asker.post(`/meetings/${id}/questions`, { text, topic: '', name: '', email: '', phone: '', ...more }, `/meetings/${id}/questions`); };
	await ask('коротко');
	assert.equal(asker.status, 422);
	await ask('Когда отремонтируют дорогу до нашего аула? Мой телефон 8 701 123 45 67', { name: 'Иван Петров', email: 'asker@example.kz' });
	assert.equal(asker.status, 200);
	await ask('Почему в ауле не ездит автобус?');
	assert.ok(!asker.html.includes('не ездит автобус?</span>'), 'nobody sees it before the moderator');
	const act = async (c, room, what, number, fields) => {
		await c.get(`/desk/meetings/${id}/${room}`);
		const li = c.html.split('<b>' + number + '.</b>')[1];
		const question = li.match(/name="question" value="(\d+)"/)[1];
		await c.post(`/desk/meetings/${id}/${what}`, { question, ...fields }, `/desk/meetings/${id}/${what}`);
		assert.equal(c.status, 200, c.text().slice(0, 400));
	};
	await act(moderator, 'queue', 'let', 1, { to: 'queued' });
	await asker.get(`/meetings/${id}/questions`);
	assert.match(asker.html, /Когда отремонтируют дорогу/);
	assert.ok(!asker.html.includes('123 45 67'), 'no phone for strangers');
	const vote = asker.html.match(/name="question" value="(\d+)"/)[1];
	for (const want of ['(1)', '(0)', '(1)']) {
		await asker.post(`/meetings/${id}/vote`, { question: vote }, `/meetings/${id}/vote`);
		assert.ok(asker.html.includes(want), 'a browser has one voice, and may take it back');
	}
	await executor.get(`/desk/meetings/${id}/chair`);
	assert.equal(executor.status, 403, 'the minutes-taker is not the chair');
	await head.get(`/desk/meetings/${id}/chair`);
	await head.post(`/desk/meetings/${id}/begin`, {}, `/desk/meetings/${id}/begin`);
	const stream = await fetch(`${server.base}/meetings/${id}/stream`), reader = stream.body.getReader(), seen = [];
	(async () => { for (;;) { const { value, done } = await reader.read().catch(() => ({ done: true })); if (done) return; seen.push(Buffer.from(value).toString()); } })();
	await head.post(`/desk/meetings/${id}/clock`, { kind: 'questions' }, `/desk/meetings/${id}/clock`);
	await act(head, 'chair', 'question', 1, { to: 'answering' });
	await until('viewers hear of the question', () => seen.join('').includes('Когда отремонтируют'));
	assert.match(seen.join(''), /"clock_kk":"Сұрақ-жауап"/);
	await reader.cancel();

	// the minutes-taker's line goes out three times; another one writes at the same moment
	const lines = async (c, rows) => {
		const body = new URLSearchParams([...c.hidden(`/desk/meetings/${id}/minutes`).filter(([k]) => k === '_csrf'), ['lines', rows.map((r) => r.join('\t')).join('\n')]]);
		return fetch(`${server.base}/desk/meetings/${id}/lines`, { method: 'POST', body, headers: { cookie: [...c.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
	};
	await executor.get(`/desk/meetings/${id}/minutes`);
	await registrar.get(`/desk/meetings/${id}/minutes`);
	const answer = ['phone-one-1', 'answer', '1', 'Дорогу до аула отремонтируют до 15 октября 2027 года. Подрядчик выбран, деньги есть.'];
	const answers = await Promise.all([lines(executor, [answer]), lines(executor, [answer]), lines(registrar, [['phone-two-1', 'answer', '1', 'Первый участок сделают до 1 июня 2027 года.'], ['phone-two-2', 'question', '', 'Когда в ауле откроют аптеку?']]), lines(executor, [answer])]);
	for (const r of answers) assert.equal(r.status, 200);
	assert.deepEqual(await answers[0].json(), { kept: ['phone-one-1'] });
	await executor.get(`/desk/meetings/${id}/minutes`);
	assert.equal(executor.html.split('Дорогу до аула отремонтируют').length, 2, 'once in the minutes');
	assert.match(executor.text(), /Первый участок/);
	await executor.post(`/desk/meetings/${id}/minutes`, { kind: 'note', about: '', text: 'Зал аплодирует.' }, `/desk/meetings/${id}/minutes`); // a plain form, without scripts
	assert.match(executor.text(), /Зал аплодирует/);
	await act(head, 'chair', 'question', 1, { to: 'on_spot' });
	await act(moderator, 'queue', 'let', 2, { to: 'not_ours', body: '10004' });

	await head.get(`/desk/meetings/${id}/chair`);
	const body = new URLSearchParams(head.hidden(`/desk/meetings/${id}/end`).filter(([k]) => k !== '_key'));
	const ends = await Promise.all([1, 2, 3].map(() => fetch(`${server.base}/desk/meetings/${id}/end`, { method: 'POST', body, redirect: 'manual', headers: { cookie: [...head.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } })));
	assert.deepEqual(ends.map((r) => r.status).sort(), [303, 422, 422], 'it ends once');

	const page = new Client(server.base);
	await until('three appeals', async () => (await show(page, id)).html.match(/class="mono"[^>]*>\d\d-/g)?.length === 3);
	assert.match(page.text(), /Ответили на месте/);
	assert.match(page.text(), /Передан нужному органу/);
	assert.match(page.text(), /Ответят письменно/);
	const numbers = [...page.html.matchAll(/\/appeals\/([0-9A-Z-]+)"/g)].map((m) => m[1]);
	await page.get(`/appeals/${numbers[0]}`);
	assert.match(page.text(), /Первый участок сделают/, 'the answer of the hall is the answer of the record');
	await later.get('/desk?queue=new');
	assert.equal(later.status, 200);
	await head.get(`/desk/meetings/${id}/after`);
	await head.post(`/desk/meetings/${id}/publish`, { summary: 'Говорили о дороге и аптеке.' }, `/desk/meetings/${id}/publish`);
	assert.equal(head.status, 200, head.text().slice(0, 400));
	await show(page, id);
	assert.match(page.text(), /Говорили о дороге и аптеке/);
	await until('the asker hears what came of it', async () => (await new Client(server.base).get('/demo/mail')).text().includes('Что стало после встречи'));
	await head.get(`/desk/meetings/${id}/slips`);
	assert.match(head.text(), new RegExp(numbers[0]));
});

test('a place is followed after a confirmed letter and left by one button', async () => {
	const c = new Client(server.base);
	await c.get('/meetings/follow');
	await c.post('/meetings/follow', { place: '100000000', district: district, email: 'follower@example.kz' }, '/meetings/follow');
	assert.equal(c.status, 200);
	const mail = new Client(server.base), list = await until('the letter to confirm', async () => (await mail.get('/demo/mail')).html.match(/href="(\/demo\/mail\/\d+)"[^>]*>Письма о встречах/));
	await mail.get(list[1]);
	const where = mail.html.match(/\/meetings\/follow\/\d+\/[0-9A-Z]+/)[0];
	await c.get(where); // a scanner that opens the link confirms nothing
	const told = () => until('all are told', async () => !/jauap_jobs_waiting\{kind="meeting.tell"\} [1-9]/.test(await (await fetch(server.base + '/metrics')).text()));
	const first = await announced('0');
	await told();
	await c.get(where);
	await c.post(`${where}/confirm`, {}, `${where}/confirm`);
	const second = await announced('0');
	const letters = async () => (await mail.get('/demo/mail')).html.split('Объявлена встреча').length - 1;
	await until('a letter about the second', async () => await letters() > 0);
	await told();
	assert.equal(await letters(), 1, `only the second meeting (${first}, ${second})`);
	await c.get(where);
	await c.post(`${where}/stop`, {}, `${where}/stop`);
	await c.get(where);
	assert.equal(c.status, 404, 'gone');
});

test('lists are also calendars, feeds, tables and a frame of others', async () => {
	const ics = await fetch(`${server.base}/meetings.ics?place=100000000`), text = await ics.text();
	assert.match(ics.headers.get('content-type'), /text\/calendar/);
	assert.match(text, /^BEGIN:VCALENDAR\r\n/);
	assert.match(text, /BEGIN:VEVENT/);
	const atom = await (await fetch(`${server.base}/meetings.atom`)).text();
	assert.match(atom, /<entry>/);
	const csv = await (await fetch(`${server.base}/meetings.csv`)).text();
	assert.match(csv.split('\r\n')[0], /talk_percent/);
	const embed = await fetch(`${server.base}/meetings/embed?place=100000000`);
	assert.match(embed.headers.get('content-security-policy'), /frame-ancestors \*/);
	const page = await fetch(`${server.base}/meetings`);
	assert.match(page.headers.get('content-security-policy'), /frame-ancestors 'none'/);
	const owed = await until('what is owed opens by itself', async () => { const c = await new Client(server.base).get('/meetings/owed'); return /Акимат области Абай/.test(c.text()) && c; });
	assert.equal(owed.status, 200);
});

test('the calendar of the year is owed until the council has been told, once', async () => {
	const akimat = await signIn(server.base, 'all.r10_akimat@demo.kz'), year = Number(dayAhead().slice(0, 4));
	await until('the calendar that is owed', async () => /name="note"/.test((await akimat.get('/desk/meetings')).html));
	const open = akimat.hidden('/desk/meetings');
	await akimat.post('/desk/meetings', { note: '' }, '/desk/meetings');
	assert.equal(akimat.status, 422, 'without a word of who was told it is not approved');
	await akimat.get('/desk/meetings');
	await akimat.post('/desk/meetings', { note: 'Маслихат уведомлён письмом 12.' }, '/desk/meetings');
	assert.equal(akimat.status, 200, akimat.text().slice(0, 400));
	assert.match(akimat.text(), /Маслихат уведомлён письмом 12/);
	assert.doesNotMatch(akimat.html, /name="note"/);
	await akimat.request('/desk/meetings', { method: 'POST', body: new URLSearchParams([...open.filter(([k]) => k !== '_key'), ['note', 'Ещё раз']]) });
	assert.equal(akimat.status, 422);
	const anyone = new Client(server.base);
	await anyone.get(`/meetings/owed?year=${year}&again=1`);
	assert.match(anyone.html.split('/meetings?body=10000"')[1].split('</tr>')[0], new RegExp(`${year}`), 'everybody reads since when it stands');
	const later_ = await signIn(server.base, 'executor.r10_roads@demo.kz', 1);
	await later_.get('/desk/meetings');
	assert.doesNotMatch(later_.html, /name="note"/);
});

test('what is not there, or not a number, is a clear 404', async () => {
	for (const p of ['/meetings/1', '/meetings/x', '/meetings/x.ics', '/meetings/1.ics', '/meetings/1/screen', '/meetings/1/seat/1/AAA', '/meetings/follow/1/AAA', '/meetings/1/photo/1', '/meetings/99999999999999999999'])
		assert.equal((await fetch(server.base + p)).status, 404, p);
});
