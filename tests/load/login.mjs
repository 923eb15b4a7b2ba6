// login [OFFICIALS]: sign-ins of officials (password by Argon2id and one-time code) a second, and what visitors of a public page feel meanwhile. The
// password costs what it costs: the yardstick is the same check alone, one after another.
import { dataOf, serve, wrk, median, verdict, rounds, endAll } from './load.mjs';
import { Client, totp } from '../lib/server.mjs';

const hands = Number(process.argv[2] ?? 8), seconds = 4;

// A wrong code costs the same check of the password and may be repeated; every hand begins with its own right one.
async function attempt(base, email, code) {
	const c = new Client(base);
	await c.get('/staff/sign-in');
	const began = performance.now();
	await c.post('/staff/sign-in', { email, password: 'demo-Jauap-2026', code });
	return { ms: performance.now() - began, status: c.status, url: c.url };
}

async function storm(base, emails, width) {
	const until = performance.now() + seconds * 1000, times = [];
	await Promise.all(Array.from({ length: width }, async (_, i) => {
		for (let n = 0; performance.now() < until; n++) times.push((await attempt(base, emails[(i + n * width) % emails.length], totp())).ms);
	}));
	return { rate: times.length / seconds, ms: median(times) };
}

try {
	const server = await serve(dataOf(100000), ['--page-keep', '0']), base = server.base, runs = [];
	const list = await (await fetch(base + '/demo/staff')).text(), emails = [...new Set([...list.matchAll(/[a-z0-9_.]+@demo\.kz/g)].map(([m]) => m))];
	const good = await attempt(base, emails[0], totp());
	if (!/^\/(desk|staff\/body|insight)/.test(good.url)) throw new Error(`a right sign-in was refused: ${good.url}`);
	for (let i = 0; i < rounds; i++) {
		const quiet = await wrk(base + '/appeals', { connections: 8 }), one = await storm(base, emails, 1);
		const [storming, meanwhile] = await Promise.all([storm(base, emails, hands), wrk(base + '/appeals', { connections: 8, time: String(seconds) })]);
		runs.push({ one: one.rate, rate: storming.rate, ms: storming.ms, quiet: quiet.p99, meanwhile: meanwhile.p99, bad: meanwhile.bad });
	}
	const of = (what) => median(runs.map((r) => r[what])), ratio = of('rate') / of('one');
	console.log(`${of('rate').toFixed(0)} sign-ins a second by ${hands} at once beside 8 readers, ${of('ms').toFixed(0)} ms each (${of('one').toFixed(0)} a second one after another: ratio ${ratio.toFixed(2)})`);
	console.log(`a public page meanwhile: p99 ${of('meanwhile').toFixed(1)} ms, ${of('quiet').toFixed(1)} ms without; failed ${of('bad')}; aim under 50 ms: ${verdict(of('meanwhile') < 50)}`);
} finally {
	await endAll();
}
