// pages [APPEALS ...]: requests a second of rendered pages next to nginx sending the same bytes as a file; kept (a page is sent again for 250 ms) and
// rendered each time. Server and nginx on core 0, wrk on core 1, medians of 5.
import { dataOf, serve, nginx, wrk, median, count, verdict, rounds, endAll } from './load.mjs';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [0, 100000, 5000000];

async function pagesOf(base) {
	const number = (await (await fetch(base + '/appeals')).text()).match(/\/appeals\/(\d\d-[0-9A-Z-]+)/)?.[1];
	const petition = (await (await fetch(base + '/petitions')).text()).match(/\/petitions\/\d+/)?.[0];
	return ['/', '/appeals', number && `/appeals/${number}`, '/now', petition, '/track'].filter(Boolean);
}

// The three take turns, so that a machine in a bad mood hits all of them.
async function compare(kept, fresh, files, page) {
	const runs = [], body = Buffer.from(await (await fetch(kept.base + page)).arrayBuffer()), file = await files.save(body);
	for (let i = 0; i < rounds; i++) runs.push([await wrk(kept.base + page), await wrk(fresh.base + page), await wrk(file)]);
	const rate = [0, 1, 2].map((n) => median(runs.map((r) => r[n].rate))), bad = runs.flat().reduce((n, r) => n + r.bad, 0);
	const aim = /^\/appeals\/./.test(page) ? `  aim 0.70: ${verdict(rate[0] >= 0.7 * rate[2])}` : '';
	console.log(page.slice(0, 26).padEnd(26) + rate.map((n) => Math.round(n).toString().padStart(10)).join('')
		+ (rate[0] / rate[2]).toFixed(2).padStart(12) + (rate[1] / rate[2]).toFixed(2).padStart(13) + aim + (bad ? `  ${bad} FAILED` : ''));
}

try {
	for (const size of sizes) {
		const dir = dataOf(size), kept = await serve(dir), fresh = await serve(dir, ['--page-keep', '0', '--node', '1']), files = await nginx();
		console.log(`\n${count(size)} appeals`.padEnd(32) + 'kept     fresh     nginx  kept/nginx  fresh/nginx');
		for (const page of await pagesOf(kept.base)) await compare(kept, fresh, files, page);
		console.log(`resident: ${kept.resident().toFixed(0)} MB`);
		await endAll();
	}
} finally {
	await endAll();
}
