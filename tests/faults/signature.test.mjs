// One person once: two clients sign with one identity at the same moment, again and again. JAUAP_FAULT_ROUNDS: how often (10,000 in script/bench faults).
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { startServer } from '../lib/server.mjs';
import { openPetition, signer, counted, rows, ask } from '../lib/signing.mjs';
import { pause } from './fault.mjs';

const rounds = Number(process.env.JAUAP_FAULT_ROUNDS ?? 120), address = process.env.JAUAP_TEST_PG;
let serial = 0;

for (const engine of ['sqlite', 'postgres'])
	test(`two clients of one identity in the same millisecond, ${rounds} rounds (${engine})`, { skip: engine === 'postgres' && !address && 'JAUAP_TEST_PG is not set' }, async () => {
		const settings = [];
		let where;
		if (engine === 'postgres') {
			const name = `sign_${process.pid}_${serial++}`;
			execFileSync('psql', ['-q', '-d', address, '-c', `CREATE DATABASE ${name}`]);
			where = address.replace('postgresql:///jauap', `postgresql:///${name}`);
			settings.push('--database', where);
		}
		const server = await startServer({ demo: 20, settings });
		where ??= server.dir;
		try {
			const petition = await openPetition(server.base), before = rows(where, petition);
			for (let i = 0; i < rounds; i++) {
				const two = await Promise.all([signer(server.base, petition, i + 1), signer(server.base, petition, i + 1)]);
				const statuses = await Promise.all(two.map((s) => s.send()));
				assert.deepEqual(statuses, [303, 303], `round ${i}`);
			}
			assert.equal(rows(where, petition), before + rounds, 'one signature each');
			assert.equal(Number(ask(where, `SELECT COUNT(*) - COUNT(DISTINCT identity_key) FROM petition_signature WHERE petition_id = ${petition}`)), 0);
			let shown;
			for (let i = 0; i < 100 && (shown = await counted(server.base, petition)) !== before + rounds; i++) await pause(100);
			assert.equal(shown, before + rounds, 'the count follows the rows');
		} finally { await server.stop(); }
	});
