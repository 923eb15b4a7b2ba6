// reception [PEOPLE WINDOWS ROUNDS]: a rush of people on few windows, all at once, and rounds of two people on one window. Exactly as many are booked as there
// are windows, no window twice, and nobody reads anything but "booked", "just taken" or "fully booked". JAUAP_ENGINE=postgres with JAUAP_TEST_PG for the
// other engine.
import http from 'node:http';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { startServer, Client, signIn, signInCitizen } from '../lib/server.mjs';

const [people, windows, rounds] = [2000, 200, 10000].map((n, i) => Number(process.argv[2 + i] ?? n));
const PER_DAY = 40;
const agent = new http.Agent({ keepAlive: true, maxSockets: 500 });
let server, wrong = 0;

function fault(text) { wrong++; if (wrong < 20) console.error(text); }
const quantile = (v, q) => v.sort((a, b) => a - b)[Math.min(v.length - 1, Math.floor(v.length * q))]?.toFixed(1);

// What a browser does, without following redirects.
function send(method, where, cookie, fields) {
	const body = fields && new URLSearchParams(fields).toString();
	return new Promise((done, fail) => {
		const rq = http.request(server.base + where, { method, agent, headers: { cookie, 'accept-language': 'ru', ...(body && { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }) } }, (r) => {
			let text = '';
			r.setEncoding('utf8').on('data', (d) => { text += d; }).on('end', () => done({ status: r.statusCode, to: r.headers.location ?? '', text, cookies: r.headers['set-cookie'] ?? [] }));
		});
		rq.on('error', fail);
		rq.end(body);
	});
}

async function office() {
	const desk = await signIn(server.base, 'all.r10_akimat@demo.kz'), days = [];
	await desk.get('/desk/reception/heads/new');
	await desk.post('/desk/reception/heads/new', { kind: 'head', name: 'Нұрлан Ахметов', post_kk: 'Әкім', post_ru: 'Аким', post_en: 'Akim', matters: '' }, '/desk/reception/heads/new');
	const head = desk.url.match(/heads\/(\d+)/)[1];
	await desk.get('/desk/reception/centres/new');
	await desk.post('/desk/reception/centres/new', { kind: 'room', name_kk: 'Бөлме', name_ru: 'Приёмная', name_en: 'Room', address: 'Абай, 1', counters: '2' }, '/desk/reception/centres/new');
	const centre = [...desk.html.matchAll(/\/desk\/reception\/centres\/(\d+)/g)].pop()[1];
	const sizes = [...Array.from({ length: Math.ceil(windows / PER_DAY) }, (_, i) => Math.min(PER_DAY, windows - i * PER_DAY)), 1];
	for (const [i, n] of sizes.entries()) {
		const on = new Date(Date.now() + (3 + i) * 86400e3).toISOString().slice(0, 10), end = 15 * 60 + n * 5;
		await desk.get('/desk/reception/days/new');
		await desk.post('/desk/reception/days/new', { head, centre, on, from: '15:00', to: `${Math.floor(end / 60)}:${String(end % 60).padStart(2, '0')}`, slot: '5', how: 'person', link: '' }, '/desk/reception/days/new');
		days.push(desk.url.match(/days\/(\d+)/)[1]);
	}
	return days; // the last one has a single window, for the rounds of two
}

const slotsOf = (html) => [...html.matchAll(/action="(\/receptions\/slots\/\d+)"/g)].map((m) => m[1]);
const csrfOf = (html) => html.match(/name="_csrf" value="([^"]*)"/)[1];

async function person(n, day) {
	const c = await signInCitizen(server.base, { n }), cookie = [...c.cookies].map(([k, v]) => `${k}=${v}`).join('; '), page = await send('GET', `/receptions/${day}`, cookie);
	return { cookie, csrf: csrfOf(page.text) };
}

// Takes any free window; who finds one taken looks what is still free, as a person would.
async function rush(who, free, days, times, said) {
	let left = free;
	for (let tries = 0; tries < 400; tries++) {
		if (!left.length) { said.full++; return; }
		const began = performance.now(), r = await send('POST', left[Math.floor(Math.random() * left.length)], who.cookie, { _csrf: who.csrf });
		times.push(performance.now() - began);
		if (r.status !== 303) { fault(`${r.status} instead of a redirect`); return; }
		if (r.to.startsWith('/bookings/')) {
			const b = await send('POST', r.to, who.cookie, { _csrf: who.csrf, name: 'Айгүл Серікова', phone: '', matter: '', lang: 'kk' });
			if (b.status !== 303) fault(`${b.status} when booking`);
			said.booked++;
			return;
		}
		said.taken++;
		left = [];
		for (const day of days) left.push(...slotsOf((await send('GET', `/receptions/${day}`, who.cookie)).text));
	}
	fault('a person has tried 400 times');
}

function ask(sql) {
	if (process.env.JAUAP_ENGINE !== 'postgres') return execFileSync('sqlite3', [path.join(server.dir, 'jauap.db'), sql], { encoding: 'utf8' }).trim();
	const address = process.env.JAUAP_TEST_PG, base = execFileSync('psql', ['-Atq', '-d', address, '-c', "SELECT datname FROM pg_database WHERE datname LIKE 't%' ORDER BY oid DESC LIMIT 1"], { encoding: 'utf8' }).trim();
	return execFileSync('psql', ['-Atq', '-d', address.replace('postgresql:///jauap', `postgresql:///${base}`), '-c', sql], { encoding: 'utf8' }).trim().replaceAll('\n', ' ');
}

async function theRush(days) {
	const all = [], times = [], said = { booked: 0, taken: 0, full: 0 };
	for (let i = 0; i < people; i += 100) all.push(...await Promise.all(Array.from({ length: Math.min(100, people - i) }, (_, k) => person(i + k, days[0]))));
	const free = [];
	for (const day of days) free.push(...slotsOf((await send('GET', `/receptions/${day}`, all[0].cookie)).text));
	if (free.length !== windows) fault(`${free.length} windows instead of ${windows}`);
	const began = performance.now();
	await Promise.all(all.map((who) => rush(who, free, days, times, said)));
	const sec = (performance.now() - began) / 1000;
	const booked = Number(ask("SELECT COUNT(*) FROM reception_booking b JOIN reception_day d ON d.id = b.day_id WHERE b.state = 'booked' AND d.id IN (" + days.join(',') + ')'));
	const twice = Number(ask("SELECT COUNT(*) FROM (SELECT slot_id FROM reception_booking WHERE state IN ('reserved', 'waiting', 'booked', 'here', 'seen') GROUP BY slot_id HAVING COUNT(*) > 1) x"));
	console.log(`rush: ${people} people, ${windows} windows: ${booked} booked, ${twice} twice, ${said.taken} times "just taken", ${said.full} times "fully booked", ${wrong} errors; ${sec.toFixed(1)} s, ${times.length} tries, p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms`);
	if (booked !== windows || said.booked !== windows || twice) fault(`${booked} booked by the rows, ${said.booked} by what people read, ${twice} twice`);
}

async function theRounds(day) {
	const two = [], times = [];
	for (let i = 0; i < 2; i++) {
		const c = new Client(server.base);
		await c.get(`/receptions/${day}`);
		two.push({ cookie: [...c.cookies].map(([k, v]) => `${k}=${v}`).join('; '), csrf: csrfOf(c.html), slot: slotsOf(c.html)[0] });
	}
	let both = 0, none = 0;
	const began = performance.now();
	for (let i = 0; i < rounds; i++) {
		const at = performance.now(), got = await Promise.all(two.map((w) => send('POST', w.slot, w.cookie, { _csrf: w.csrf })));
		times.push(performance.now() - at);
		if (got.some((r) => r.status !== 303)) { fault(`round ${i}: ${got.map((r) => r.status)}`); continue; }
		const won = got.map((r) => r.to.startsWith('/bookings/'));
		both += won[0] && won[1];
		none += !won[0] && !won[1];
		for (let k = 0; k < 2; k++) if (won[k]) { const r = await send('POST', got[k].to + '/cancel', two[k].cookie, { _csrf: two[k].csrf }); if (r.status !== 303) fault(`round ${i}: giving back: ${r.status}`); }
	}
	console.log(`rounds: ${rounds} of two people on one window: ${both} times both, ${none} times nobody, ${wrong} errors; ${((performance.now() - began) / 1000).toFixed(1)} s, p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms a round`);
	if (both || none) fault('a window was not given to exactly one');
}

server = await startServer({ demo: 20, settings: ['--per-address-max', '0', '--connections-max', '20000'] });
try {
	const days = await office(), last = days.pop();
	await theRush(days);
	await theRounds(last);
} finally {
	agent.destroy();
	await server.stop();
}
console.log(wrong ? `MISSED: ${wrong} faults` : 'met: exactly one person a window, and nothing but clear answers');
process.exit(wrong ? 1 : 0);
