// pages [APPEALS ...]: requests a second of rendered pages next to nginx sending the same bytes as a file; kept (a page is sent again for 250 ms) and
// rendered each time. Server and nginx on core 0, wrk on core 1, medians of 5.
import { dataOf, serve, nginx, wrkMedian, count, verdict, endAll } from './load.mjs';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [0, 100000, 5000000];

async function pagesOf(base) {
	const number = (await (await fetch(base + '/api/v1/appeals')).json()).items?.[0]?.number;
	const petition = (await (await fetch(base + '/petitions')).text()).match(/\/petitions\/\d+/)?.[0];
	return ['/', '/appeals', number && `/appeals/${number}`, '/now', petition, '/track'].filter(Boolean);
}

async function rates(dir, settings, pages) {
	const server = await serve(dir, settings), found = {};
	for (const page of pages ?? await pagesOf(server.base)) found[page] = await wrkMedian(server.base + page);
	const bodies = {};
	for (const page of Object.keys(found)) bodies[page] = await (await fetch(server.base + page)).text();
	const memory = server.resident();
	await server.stop();
	return { found, bodies, memory };
}

try {
	for (const size of sizes) {
		const dir = dataOf(size), kept = await rates(dir, []), fresh = await rates(dir, ['--page-keep', '0'], Object.keys(kept.found));
		const files = await nginx();
		console.log(`\n${count(size)} appeals`.padEnd(29) + 'kept     fresh     nginx  kept/nginx  fresh/nginx');
		for (const [page, { rate, bad }] of Object.entries(kept.found)) {
			const file = await wrkMedian(files.save(kept.bodies[page])), ratio = rate / file.rate;
			const aim = /^\/appeals\/./.test(page) ? `  aim 0.70: ${verdict(ratio >= 0.7)}` : '';
			console.log(page.slice(0, 24).padEnd(24) + [rate, fresh.found[page].rate, file.rate].map((n) => Math.round(n).toString().padStart(10)).join('')
				+ ratio.toFixed(2).padStart(12) + (fresh.found[page].rate / file.rate).toFixed(2).padStart(13) + aim + (bad ? `  ${bad} FAILED` : ''));
		}
		console.log(`resident: ${kept.memory.toFixed(0)} MB`);
	}
} finally {
	await endAll();
}
