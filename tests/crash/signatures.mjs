// kill -9 at random while signatures pour in: whoever was thanked is there, nobody twice, and the counts are what the rows say.
//	node tests/crash/signatures.mjs [KILLS]
import { mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, program, root } from '../lib/server.mjs';
import { openPetition, signer, counted, rows, ask } from '../lib/signing.mjs';

const kills = Number(process.argv[2] ?? 10), clients = 12;
const dir = mkdtempSync(path.join(tmpdir(), 'jauap-crash-'));
execFileSync(program, ['demo', '--data', dir, '--appeals', '20'], { cwd: root });
let server = await startServer({ data: dir }), next = 1, worst = 0;
const petition = await openPetition(server.base), before = rows(dir, petition);
const thanked = new Set(), unsure = []; // people whose answer came; people whose answer did not

// Stand before the form already, so that a peak is all signatures.
async function gather(n) {
	const all = [];
	for (let i = 0; i < n; i += clients) all.push(...await Promise.all(Array.from({ length: clients }, async () => { const who = next++; return { n: who, one: await signer(server.base, petition, who) }; })));
	return all;
}

async function client(waiting) {
	for (let who; (who = waiting.pop());) {
		unsure.push(who);
		try {
			const status = await who.one.send();
			if (status !== 303) throw new Error(`answered ${status}`);
		} catch (e) { if (/answered/.test(e.message)) throw e; return; }
		thanked.add(who.n);
		unsure.splice(unsure.indexOf(who), 1);
	}
}

for (let i = 0; i < kills; i++) {
	const waiting = await gather(120), running = Array.from({ length: clients }, () => client(waiting));
	await new Promise((r) => setTimeout(r, Math.random() * 60));
	await server.kill();
	for (const one of await Promise.allSettled(running)) if (one.status === 'rejected') throw one.reason;
	const began = performance.now();
	server = await startServer({ data: dir });
	worst = Math.max(worst, performance.now() - began);
	const there = rows(dir, petition) - before;
	if (there < thanked.size) throw new Error(`LOST: ${thanked.size} thanked, ${there} there`);
	// a nervous finger: the same press once more
	for (const { n, one } of unsure.splice(0)) {
		if (await one.send(server.base) !== 303) throw new Error(`${n} was not taken afterwards`);
		thanked.add(n);
	}
	if (rows(dir, petition) - before !== thanked.size) throw new Error(`DOUBLED OR LOST: ${thanked.size} signed, ${rows(dir, petition) - before} there`);
}
let shown;
for (let i = 0; i < 100 && (shown = await counted(server.base, petition)) !== before + thanked.size; i++) await new Promise((r) => setTimeout(r, 100));
const sums = ask(dir, `SELECT cut, SUM(n) FROM petition_count WHERE petition_id = ${petition} AND cut IN ('r', 'd', 'h') GROUP BY cut`).split('\n').map((l) => Number(l.split('|')[1]));
const integrity = ask(dir, 'PRAGMA integrity_check');
await server.stop();
const exact = shown === before + thanked.size && sums.every((s) => s === shown) && sums.length === 3;
console.log(`${kills} kills, ${thanked.size} signatures acknowledged, 0 lost, 0 doubled, count ${shown} of ${before + thanked.size} rows, by region, district and hour ${sums.join(' ')}, integrity ${integrity}, slowest restart ${Math.round(worst)} ms`);
rmSync(dir, { recursive: true, force: true });
process.exit(exact && integrity === 'ok' ? 0 : 1);
