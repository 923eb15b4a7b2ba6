// submit [APPEALS ...]: appeals filed over HTTP a second, each answered after its fsync, next to a bare loop over SQLite that writes the same rows in groups
// of the same size. Server (and the bare loop) on core 0, wrk on core 1, 256 connections, taking turns, medians of 5.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { dataOf, serve, wrk, median, count, verdict, rounds, endAll } from './load.mjs';
import { root } from '../lib/server.mjs';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [0, 100000, 5000000];
const BARE = 20000;

async function metric(base, name) { return Number((await (await fetch(base + '/metrics')).text()).match(new RegExp(`^${name}\\S* (\\d+)`, 'm'))[1]); }

// A country of 30 GB is cold when the machine has just started: the first filings wait for the disk, whatever the program does.
async function warm(base) {
	for (let done = 0; done < 1000;) {
		const was = await metric(base, 'jauap_db_works_total');
		await wrk(base + '/', { script: 'submit.lua', connections: 256, time: '2' });
		done = await metric(base, 'jauap_db_works_total') - was;
	}
}

async function round(dir) {
	const server = await serve(dir);
	await warm(server.base);
	const before = [await metric(server.base, 'jauap_db_works_total'), await metric(server.base, 'jauap_db_commits_total')];
	const run = await wrk(server.base + '/', { script: 'submit.lua', connections: 256, time: '5' });
	const after = [await metric(server.base, 'jauap_db_works_total'), await metric(server.base, 'jauap_db_commits_total')];
	await server.stop();
	const group = Math.max(1, Math.round((after[0] - before[0]) / (after[1] - before[1])));
	const [bare, rows] = execFileSync('taskset', ['-c', '0', path.join(root, 'build/tests/store/submit_bench'), path.join(dir, 'jauap.db'), String(BARE), String(group)],
		{ encoding: 'utf8' }).split(' ').map(Number);
	return { ...run, group, bare, rows };
}

try {
	for (const size of sizes) {
		const dir = dataOf(size), runs = [];
		for (let i = 0; i < rounds; i++) runs.push(await round(dir));
		const of = (what) => median(runs.map((r) => r[what])), ratio = median(runs.map((r) => r.rate / r.bare));
		console.log(`${count(size)} appeals: ${Math.round(of('rate'))} filed a second, p99 ${of('p99').toFixed(0)} ms, ${of('group')} a commit; bare loop of the same ${of('rows')} rows `
			+ `${Math.round(of('bare'))} a second; ratio ${ratio.toFixed(2)}, aim 0.50: ${verdict(ratio >= 0.5)}`);
		const bad = runs.reduce((n, r) => n + r.bad, 0);
		if (bad) console.log(`${bad} FAILED`);
	}
} finally {
	await endAll();
}
