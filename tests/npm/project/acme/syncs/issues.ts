import type { NangoSync } from '../../models.js';

export default async function fetchData(nango: NangoSync): Promise<void> {
    for await (const page of nango.paginate({ endpoint: '/link', params: { state: 'all' }, retries: 10 })) {
        await nango.log(`${page.length}`);
    }
    for await (const page of nango.paginate({ endpoint: '/link', paginate: { limit: 20 } })) {
        await nango.log(`${page.length}`);
    }
}
