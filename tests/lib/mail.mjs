// The letters of the demonstration, which land at /demo/mail.
import { Client, until } from './server.mjs';

// All to one address, the newest first.
export async function letters(base, to) {
	const c = await new Client(base).get('/demo/mail'), out = [];
	for (const [row, id] of c.html.matchAll(/<li><a href="\/demo\/mail\/(\d+)"[^]*?<\/li>/g)) {
		if (row.includes(to)) out.push((await new Client(base).get(`/demo/mail/${id}`)).html.replaceAll('&amp;', '&'));
	}
	return out;
}
// The newest that says this; letters leave by a job.
export const letter = (base, to, says = /./) => until(`a letter to ${to}`, async () => (await letters(base, to)).find((l) => says.test(l)));
