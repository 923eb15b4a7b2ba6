// Signing in numbers: the open petition of the demonstration that a hundred thousand may sign, signers with an identity each, and what the rows say.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { signInCitizen } from './server.mjs';

export async function openPetition(base) {
	const { data } = await (await fetch(base + '/petitions.json?state=open')).json();
	return data.find((p) => p.attributes.action.startsWith('Передвижные врачи')).id;
}

// A signed-in person before the form; send() presses the button, as often as one likes the same press.
export async function signer(base, petition, n) {
	const c = await signInCitizen(base, { n });
	await c.get(`/petitions/${petition}/sign`);
	const body = new URLSearchParams([...c.hidden(`/petitions/${petition}/sign`), ['region', '100000000']]).toString();
	const headers = { cookie: [...c.cookies].map(([k, v]) => `${k}=${v}`).join('; '), 'content-type': 'application/x-www-form-urlencoded' };
	return {
		async send(at = base) {
			const r = await fetch(`${at}/petitions/${petition}/sign`, { method: 'POST', redirect: 'manual', headers, body });
			await r.arrayBuffer();
			return r.status;
		},
	};
}

export async function counted(base, petition) { return (await (await fetch(`${base}/petitions/${petition}/count.json`)).json()).signature_count; }

// The same question to either engine. where: a data folder or a postgresql:// address.
export function ask(where, sql) {
	return (where.startsWith('postgresql:') ? execFileSync('psql', ['-At', '-d', where, '-c', sql]) : execFileSync('sqlite3', ['-cmd', '.timeout 10000', path.join(where, 'jauap.db'), sql])).toString().trim();
}

export const rows = (where, petition) => Number(ask(where, `SELECT COUNT(*) FROM petition_signature WHERE petition_id = ${petition} AND withdrawn_at = 0`));
