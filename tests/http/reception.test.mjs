// A reception from the schedule to the booking: hours at the desk, three steps for a guest, a letter, a secret address, the same window for two.
import test from 'node:test';
import assert from 'node:assert/strict';
import { letter } from '../lib/mail.mjs';
import { startServer, Client, signIn, dayAhead } from '../lib/server.mjs';

let server, desk, head, room, day;
const date = dayAhead(3);

test.before(async () => {
	server = await startServer({ demo: 20 });
	desk = await signIn(server.base, 'all.r10_akimat@demo.kz');
	await desk.get('/desk/reception/heads/new');
	await desk.post('/desk/reception/heads/new', { kind: 'head', name: 'Нұрлан Ахметов', post_kk: 'Әкім', post_ru: 'Аким', post_en: 'Akim', matters: '' }, '/desk/reception/heads/new');
	head = desk.url.match(/heads\/(\d+)/)?.[1];
	assert.ok(head, desk.text().slice(0, 400));
	await desk.get('/desk/reception/centres/new');
	await desk.post('/desk/reception/centres/new', { kind: 'room', name_kk: 'Қабылдау бөлмесі', name_ru: 'Приёмная', name_en: 'Room', address: 'Абай көшесі, 1', counters: '2' }, '/desk/reception/centres/new');
	room = desk.html.match(/Приёмная/) && [...desk.html.matchAll(/\/desk\/reception\/centres\/(\d+)/g)].pop()[1];
	assert.ok(room, desk.text().slice(0, 400));
	day = await addDay('15:00', '16:00');
});
test.after(async () => { await server?.stop(); });

async function addDay(from, to, more = {}) {
	await desk.get('/desk/reception/days/new');
	await desk.post('/desk/reception/days/new', { head, centre: room, on: date, from, to, slot: '15', how: 'person', link: '', ...more }, '/desk/reception/days/new');
	const id = desk.url.match(/days\/(\d+)/)?.[1];
	assert.ok(id, desk.text().slice(0, 600));
	return id;
}
const slots = (c) => [...c.html.matchAll(/action="(\/receptions\/slots\/\d+)"/g)].map((m) => m[1]);
async function choose(c, which = 0, of = day) {
	await c.get(`/receptions/${of}`);
	const slot = slots(c)[which];
	await c.post(slot, {}, slot);
	return slot;
}
const who = (email) => ({ name: 'Айгүл Серікова', email, phone: '', matter: 'Жол туралы', lang: 'ru' });

test('a guest books in three steps, confirms by the letter, moves and gives back', async () => {
	const c = new Client(server.base);
	await c.get('/receptions?region=100000000');
	assert.match(c.html, new RegExp(`/receptions/${day}"`));
	await choose(c);
	const at = c.url;
	assert.match(at, /^\/bookings\/[0-9A-Z-]+\/[0-9A-Z]{12}$/);
	await c.post(at, who(''), at);
	assert.equal(c.status, 422, 'a guest needs an address');
	assert.match(c.html, /Жол туралы/, 'nothing typed is lost');
	await c.get(at);
	await c.post(at, who('aigul@example.kz'), at);
	assert.match(c.text(), /Мы отправили письмо на aigul@example\.kz/);
	await c.post(at + '/confirm', { code: '222222' }, at + '/confirm');
	assert.match(c.text(), /Код не подходит/);
	const mail = await letter(server.base, 'aigul@example.kz', /Подтвердите/);
	const link = mail.match(/\/bookings\/[0-9A-Z-]+\/[0-9A-Z]{12}\/confirm\/[0-9A-Z]{6}/)[0];
	const scanner = await fetch(server.base + link);
	assert.equal(scanner.status, 200);
	await scanner.arrayBuffer();
	await c.get(at);
	assert.match(c.html, /\/confirm"/, 'a scanner that opens the link confirms nothing');
	const phone = new Client(server.base); // another browser
	await phone.get(link);
	const code = link.split('/').pop();
	await phone.post(at + '/confirm', { code }, at + '/confirm');
	assert.match(phone.text(), /Вы записаны/);
	await c.post(at + '/confirm', { code: code.toLowerCase() }, at + '/confirm');
	assert.match(c.text(), /Вы записаны/, 'pressed twice is no failure');
	const ics = await (await fetch(server.base + at + '/reception.ics')).text();
	assert.match(ics, /BEGIN:VEVENT[\s\S]*DTSTART:\d{8}T\d{6}Z[\s\S]*TRIGGER:-PT60M/);
	await c.get(at + '/move');
	const to = c.html.match(/action="(\/bookings\/[^"]*\/move\/\d+)"/)[1];
	await c.post(to, {}, to);
	assert.match(c.text(), /Записали на новое время/);
	const got = await fetch(server.base + at + '/cancel');
	await got.arrayBuffer();
	assert.equal(got.status, 405, 'a GET cancels nothing');
	await c.post(at + '/cancel', {}, at + '/cancel');
	assert.match(c.text(), /Запись отменена/);
	await c.get(`/receptions/${day}`);
	assert.equal(slots(c).length, 4, 'all is free again');
	const other = await fetch(server.base + at.slice(0, -1) + (at.endsWith('2') ? '3' : '2'));
	await other.arrayBuffer();
	assert.equal(other.status, 404, 'the number alone opens nothing');
});

test('of two people one gets the window and the other one a word and the free ones', async () => {
	const a = new Client(server.base), b = new Client(server.base);
	await a.get(`/receptions/${day}`);
	await b.get(`/receptions/${day}`);
	const slot = slots(a)[0];
	await Promise.all([a.post(slot, {}, slot), b.post(slot, {}, slot)]);
	const [won, lost] = a.url.startsWith('/bookings') ? [a, b] : [b, a];
	assert.match(won.url, /^\/bookings\//);
	assert.equal(lost.url, `/receptions/${day}`);
	assert.match(lost.text(), /только что занял другой человек/);
	assert.ok(!slots(lost).includes(slot));
	await won.post(won.url + '/cancel', {}, won.url + '/cancel');
});

test('a few hundred rounds of two on one window give it to one', async () => {
	const a = new Client(server.base), b = new Client(server.base);
	for (const c of [a, b]) await c.get(`/receptions/${day}`);
	const slot = slots(a)[0];
	const fields = [a, b].map((c) => c.hidden(slot).filter(([k]) => k !== '_key'));
	const cookie = [a, b].map((c) => [...c.cookies].map(([k, v]) => `${k}=${v}`).join('; '));
	const post = async (i, where) => {
		const r = await fetch(server.base + where, { method: 'POST', redirect: 'manual', headers: { cookie: cookie[i], 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields[i]) });
		await r.arrayBuffer();
		return [r.status, r.headers.get('location')];
	};
	for (let round = 0; round < 150; round++) {
		const got = await Promise.all([post(0, slot), post(1, slot)]);
		assert.ok(got.every(([s]) => s === 303), `round ${round}: ${got}`);
		const won = got.filter(([, l]) => l.startsWith('/bookings/'));
		assert.equal(won.length, 1, `round ${round}: ${got}`);
		const i = got.indexOf(won[0]);
		assert.equal((await post(i, won[0][1] + '/cancel'))[0], 303);
	}
});

test('a window withdrawn while it is being booked is said, with the next free one', async () => {
	const early = await addDay('09:00', '10:00'), c = new Client(server.base), late = new Client(server.base);
	await choose(c, 0, early);
	const at = c.url;
	await late.get(`/receptions/${early}`);
	const slot = slots(late)[0];
	await desk.get(`/desk/reception/days/${early}`);
	await desk.post(`/desk/reception/days/${early}/close`, { reason: 'Аким в командировке' }, `/desk/reception/days/${early}/close`);
	await late.post(slot, {}, slot);
	assert.match(late.text(), /Это время отменили[\s\S]*Аким в командировке[\s\S]*Ближайшее свободное время/);
	await c.post(at, who('b@example.kz'), at);
	assert.equal(c.url, at);
	assert.match(c.text(), /Орган не сможет принять в это время[\s\S]*Аким в командировке[\s\S]*Ближайшее свободное время/);
	assert.ok(slots(c).length > 0, 'the next free ones are one press away');
	await desk.get(`/desk/reception/days/${early}`);
	await desk.post(`/desk/reception/days/${early}`, { from: '15:00', to: '16:00', slot: '15', centre: room, how: 'person', link: '', version: '1' }, `/desk/reception/days/${early}/close`);
	assert.notEqual(desk.status, 500);
});

test('two editors of one day do not overwrite each other', async () => {
	const id = await addDay('11:00', '12:00'), other = await signIn(server.base, 'all.r10_akimat@demo.kz', 1), where = `/desk/reception/days/${id}`;
	const hours = (from, c) => ({ from, to: '12:30', slot: '15', centre: room, how: 'person', link: '', version: c.html.match(/name="version" value="(\d+)"/)[1] });
	await desk.get(where);
	await other.get(where);
	await desk.post(where, hours('10:00', desk), where);
	assert.equal(desk.status, 200);
	await other.post(where, hours('10:30', other), where);
	assert.equal(other.status, 422);
	assert.match(other.text(), /изменил другой человек/);
	assert.match(other.html, /value="10:30"/, 'what was typed is still there');
});

test('a fully booked day says so and shows the next free time', async () => {
	const id = await addDay('08:00', '08:15'), c = new Client(server.base);
	await choose(c, 0, id);
	const second = new Client(server.base);
	await second.get(`/receptions/${id}`);
	assert.match(second.text(), /Мест нет[\s\S]*Ближайшее свободное время/);
	assert.match((await second.get('/receptions?region=100000000')).text(), /Мест нет/);
});

test('the link of a video reception is seen by the booked alone', async () => {
	const id = await addDay('07:00', '07:30', { how: 'video', link: 'https://video.example.kz/room-7' }), c = new Client(server.base);
	await choose(c, 0, id);
	assert.ok(!c.html.includes('room-7'));
	const at = c.url;
	await c.post(at, who('video@example.kz'), at);
	assert.ok(!c.html.includes('room-7'));
	const code = (await letter(server.base, 'video@example.kz', /Подтвердите/)).match(/\/confirm\/([0-9A-Z]{6})/)[1];
	await c.post(at + '/confirm', { code }, at + '/confirm');
	assert.match(c.html, /href="https:\/\/video\.example\.kz\/room-7"/);
	assert.ok(!(await (await fetch(`${server.base}/receptions/${id}`)).text()).includes('room-7'));
	await desk.get('/desk/reception/days/new');
	await desk.post('/desk/reception/days/new', { head, centre: room, on: date, from: '06:00', to: '06:30', slot: '15', how: 'video', link: '' }, '/desk/reception/days/new');
	assert.equal(desk.status, 422);
});

test('a month is published when every head receives in it, and only then do people see its days', async () => {
	await desk.get('/desk/reception');
	const month = [...desk.html.matchAll(/action="\/desk\/reception\/plan">(?:<input type="hidden" name="_[^>]*>)*<input type="hidden" name="month" value="([^"]+)"/g)].pop()[1];
	const publish = (form) => desk.post('/desk/reception/publish', { month }, form);
	await publish('/desk/reception/plan');
	assert.match(desk.text(), /не реже раза в месяц/, 'a month in which a head does not receive is not published');
	for (const [, id] of [...desk.html.matchAll(/href="\/desk\/reception\/heads\/(\d+)"/g)]) {
		const hours = `/desk/reception/heads/${id}/hours`, [y, m, d] = month.split('-');
		await desk.get(`/desk/reception/heads/${id}`);
		await desk.post(hours, { weekday: '3', weeks: ['1', '2', '3', '4', '5'], from: '09:00', to: '11:00', slot: '30', centre: room, how: 'person', link: '', 'since-day': d, 'since-month': m, 'since-year': y }, hours);
		assert.equal(desk.status, 200, desk.text().slice(0, 400));
	}
	await desk.get('/desk/reception');
	await desk.post('/desk/reception/plan', { month }, '/desk/reception/plan');
	assert.match(desk.text(), /Месяц составлен/);
	const last = desk.html.split('<h2>').find((part) => part.includes('/desk/reception/publish')), days = [...last.matchAll(/\/desk\/reception\/days\/(\d+)/g)].map((m) => m[1]);
	assert.ok(days.length > 3, `${days.length} days`);
	const c = new Client(server.base);
	assert.equal((await c.get(`/receptions/${days[0]}`)).status, 404, 'planned is not public');
	await publish('/desk/reception/publish');
	assert.match(desk.text(), /График опубликован/);
	for (const id of days) assert.ok(slots(await c.get(`/receptions/${id}`)).length > 0, 'windows to book');
	const registrar = await signIn(server.base, 'executor.r10_roads@demo.kz');
	await registrar.get('/desk/reception');
	await registrar.request('/desk/reception/publish', { method: 'POST', body: new URLSearchParams([...registrar.hidden().filter(([k]) => k === '_csrf'), ['month', month]]) });
	assert.equal(registrar.status, 403, 'not everybody of a body publishes');
});

test('a person who is signed in books without a letter and finds it again', async () => {
	const c = new Client(server.base);
	await c.get('/sign-in');
	await c.post('/sign-in', { email: 'signed@example.kz' }, '/sign-in');
	const code = (await letter(server.base, 'signed@example.kz', /\d{6}/)).match(/\b(\d{6})\b/)[1];
	await c.post('/sign-in/code', { email: 'signed@example.kz', code }, '/sign-in/code');
	await choose(c, 3);
	const at = c.url;
	await c.post(at, { name: 'Марат', phone: '', matter: '', lang: 'ru' }, at);
	assert.match(c.text(), /Вы записаны/);
	await c.get('/receptions');
	const mine = c.html.match(/\/receptions\/mine\/\d+/)[0];
	await c.get(mine);
	assert.equal(c.url, at);
	const stranger = new Client(server.base);
	await stranger.get(mine);
	assert.match(stranger.url, /^\/sign-in/);
});

test('lists for programs: calendar, CSV, ATOM', async () => {
	const get = async (p) => { const r = await fetch(server.base + p); assert.equal(r.status, 200, p); return r.text(); };
	assert.match(await get('/receptions.ics?region=100000000'), /BEGIN:VCALENDAR[\s\S]*SUMMARY:Нұрлан Ахметов/);
	assert.match(await get('/receptions.csv?body=10000'), /id,day,from,to,kind,body,name,post,windows,free\r\n\d+,\d{4}-\d\d-\d\d,/);
	assert.match(await get('/receptions.atom'), /<entry>[\s\S]*Нұрлан Ахметов/);
	assert.match(await get('/receptions/bodies/10000'), /Нұрлан Ахметов/);
	for (const p of ['/receptions/1', '/receptions/x', '/receptions/bodies/1', '/bookings/2222-2222/222222222222', '/receptions?after=zzz', '/receptions?after=99999999999-1'])
		assert.ok([200, 404].includes((await fetch(server.base + p)).status), p);
});
