import type { NangoSync } from '../../models.js';

export default async function fetchData(nango: NangoSync): Promise<void> {
    for (const status of [404, 500, 401, 429]) {
        try {
            await nango.get({ endpoint: `/status/${status}` });
        } catch {
            await nango.get({ endpoint: '/echo/after', params: { status: `${status}` } });
        }
    }
    await nango.post({ endpoint: '/status/409', retries: 2 });
    await nango.get({ endpoint: '/echo/never' });
}
