import type { NangoSync } from '../../models.js';

export default async function fetchData(nango: NangoSync): Promise<void> {
    await nango.get({ endpoint: '/echo/before' });
    await nango.triggerSync('acme', 'demo', 'inner', 'full_refresh');
    await nango.get({ endpoint: '/echo/after' });
}
