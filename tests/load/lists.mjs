// lists [FEW MANY]: every page that the page checkers visit, rendered each time, with few and with many appeals. No page may be
// slower than 1.3 times; /now and /insight may take 50 ms. Times are medians of round trips on one connection.
import http from 'node:http';
import { dataOf, serve, median, count, verdict, official, citizen, endAll } from './load.mjs';
import { Client } from '../lib/server.mjs';
import { publicPages, citizenPages, staffPages, adminPages } from '../lib/pages.mjs';

const [few, many] = process.argv.length > 3 ? process.argv.slice(2).map(Number) : [100000, 5000000];
const MORE = ['/appeals?topic=roads', '/appeals?region=100000000', '/appeals?older=OLD', '/appeals.csv', '/appeals.atom', '/now?days=365', '/now?region=100000000&days=365', '/now.csv',
	'/quality.csv', '/petitions.json', '/petitions.csv', '/api/v1/appeals', '/api/v1/appeals/FIRST', '/open311/v2/requests.json'];

const agents = [0, 1].map(() => new http.Agent({ keepAlive: true, maxSockets: 1 }));

function trip(url, agent, headers) {
	return new Promise((done, fail) => {
		const began = performance.now();
		http.get(url, { agent, headers }, (r) => { r.resume(); r.on('end', () => done(performance.now() - began)); }).on('error', fail);
	});
}

// Both in turn, so that a machine in a bad mood hits both: at least 25 trips each and at least a second of them.
async function typical(pair) {
	const runs = [[], []];
	for (const until = performance.now() + 1000; runs[0].length < 25 || (performance.now() < until && runs[0].length < 1500);)
		for (const [i, { url, headers }] of pair.entries()) runs[i].push(await trip(url, agents[i], headers));
	return runs.map(median);
}

async function first(base, page, cookie, pattern) {
	const html = await (await fetch(base + page, { headers: cookie ? { cookie } : {} })).text();
	return html.match(pattern)?.[1];
}

// A server over so many appeals, and how its pages are asked for.
async function world(size) {
	const { base } = await serve(dataOf(size), ['--page-keep', '0']), cookies = { staff: await official(base), admin: await official(base, 'admin.miicr@demo.kz'), person: await citizen(base) };
	const shown = await first(base, '/appeals', null, /\/appeals\/(\d\d-[0-9A-Z-]+)/), queued = await first(base, '/desk', cookies.staff, /\/desk\/(\d\d-[0-9A-Z-]+)/);
	const older = await first(base, '/appeals', null, /(?:older|before)=([^"&]+)/);
	return async (page, who) => {
		const headers = { 'accept-language': 'ru', ...(who ? { cookie: cookies[who] } : {}) };
		const seen = await fetch(base + page.replace('FIRST', (who === 'staff' ? queued : shown) ?? '').replace('OLD', older ?? ''), { headers });
		await seen.arrayBuffer();
		return { url: seen.url, headers, status: seen.status };
	};
}

try {
	const worlds = [await world(few), await world(many)];
	const pages = [...[...publicPages, ...MORE].map((p) => [p, null]), ...citizenPages.map((p) => [p, 'person']), ...staffPages.map((p) => [p, 'staff']),
		...adminPages.map((p) => [p, 'admin'])];
	let worst = 1, late = 0;
	console.log(`${'page'.padEnd(64)}${count(few).padStart(14)}${count(many).padStart(14)}  ratio`);
	for (const [page, who] of pages) {
		const pair = [await worlds[0](page, who), await worlds[1](page, who)];
		if (pair.some((p) => p.status !== 200)) continue; // pages of errors, and of what only another demonstration holds
		const [a, b] = await typical(pair), ratio = b / a, over = /^\/(now|insight)/.test(page) && b > 50;
		worst = Math.max(worst, ratio);
		late += over;
		console.log(`${page.padEnd(64)}${a.toFixed(2).padStart(11)} ms${b.toFixed(2).padStart(11)} ms ${ratio.toFixed(2).padStart(6)}${ratio > 1.3 ? '  SLOWER' : ''}${over ? '  OVER 50 ms' : ''}`);
	}
	console.log(`slowest growth ${worst.toFixed(2)}, aim 1.30: ${verdict(worst <= 1.3)}; /now and /insight under 50 ms: ${verdict(!late)}`);
} finally {
	await endAll();
}
