// lists [FEW MANY]: every page that the page checkers visit, rendered each time, one request after another, with few and with many appeals. No page may be
// slower than 1.3 times; /now and /insight may take 50 ms. Times are medians of round trips on one connection.
import http from 'node:http';
import { dataOf, serve, median, count, verdict, official, citizen, endAll } from './load.mjs';
import { Client } from '../lib/server.mjs';
import { publicPages, citizenPages, staffPages, adminPages } from '../lib/pages.mjs';

const [few, many] = process.argv.length > 3 ? process.argv.slice(2).map(Number) : [100000, 5000000];
const MORE = ['/appeals?topic=roads', '/appeals?region=100000000', '/appeals?older=OLD', '/appeals.csv', '/appeals.atom', '/now?days=365', '/now?region=100000000&days=365', '/now.csv',
	'/quality.csv', '/petitions.json', '/petitions.csv', '/api/v1/appeals', '/api/v1/appeals/FIRST', '/open311/v2/requests.json'];
const skip = new Set(['/nothing']);

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function trip(url, headers) {
	return new Promise((done, fail) => {
		const began = performance.now();
		http.get(url, { agent, headers }, (r) => { r.resume(); r.on('end', () => done(performance.now() - began)); }).on('error', fail);
	});
}

// At least 15 trips and at least half a second of them.
async function typical(url, headers = {}) {
	const runs = [];
	for (const until = performance.now() + 500; runs.length < 15 || (performance.now() < until && runs.length < 1000);) runs.push(await trip(url, headers));
	return median(runs);
}

async function first(base, page, cookie, pattern) {
	const html = await (await fetch(base + page, { headers: cookie ? { cookie } : {} })).text();
	return html.match(pattern)?.[1];
}

async function times(size) {
	const server = await serve(dataOf(size), ['--page-keep', '0']), base = server.base, found = new Map();
	const staff = await official(base), person = await citizen(base);
	const shown = await first(base, '/appeals', null, /\/appeals\/(\d\d-[0-9A-Z-]+)/), queued = await first(base, '/desk', staff, /\/desk\/(\d\d-[0-9A-Z-]+)/);
	const older = await first(base, '/appeals', null, /(?:older|before)=([^"&]+)/);
	const all = [...[...publicPages, ...MORE].map((p) => [p, null, shown]), ...citizenPages.map((p) => [p, person, shown]), ...[...staffPages, ...adminPages].map((p) => [p, staff, queued])];
	for (const [page, cookie, number] of all) {
		if (skip.has(page) || (page.includes('FIRST') && !number)) continue;
		const url = base + page.replace('FIRST', number).replace('OLD', older ?? ''), headers = { 'accept-language': 'ru', ...(cookie ? { cookie } : {}) };
		const seen = await fetch(url, { headers, redirect: 'follow' });
		await seen.arrayBuffer();
		if (seen.status !== 200) { found.set(page, { ms: NaN, status: seen.status }); continue; }
		found.set(page, { ms: await typical(seen.url, headers), status: 200 });
	}
	await server.stop();
	return found;
}

try {
	const a = await times(few), b = await times(many);
	let worst = 1, late = 0;
	console.log(`${'page'.padEnd(64)}${count(few).padStart(14)}${count(many).padStart(14)}  ratio`);
	for (const [page, { ms, status }] of a) {
		const other = b.get(page), ratio = other?.ms / ms, within = !/^\/(now|insight)/.test(page) || other?.ms < 50;
		if (Number.isNaN(ratio) || other?.status !== 200) { console.log(`${page.padEnd(64)}${status}, ${other?.status}`); continue; }
		worst = Math.max(worst, ratio);
		late += !within;
		console.log(`${page.padEnd(64)}${ms.toFixed(2).padStart(11)} ms${other.ms.toFixed(2).padStart(11)} ms ${ratio.toFixed(2).padStart(6)}${ratio > 1.3 ? '  SLOWER' : ''}${within ? '' : '  OVER 50 ms'}`);
	}
	console.log(`slowest growth ${worst.toFixed(2)}, aim 1.30: ${verdict(worst <= 1.3)}; /now and /insight under 50 ms: ${verdict(!late)}`);
} finally {
	await endAll();
}
