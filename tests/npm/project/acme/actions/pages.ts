import type { NangoAction, Ways, ProxyConfiguration } from '../../models.js';

const MOST = 4;

export default async function runAction(nango: NangoAction, input: Ways): Promise<void> {
    for (const [way, request] of (input.ways as ProxyConfiguration[]).entries()) {
        let pages = 0;
        for await (const page of nango.paginate(request)) {
            pages += 1;
            await nango.post({ endpoint: '/echo/page', data: { way, pages, items: page.length } as any });
            if (pages === MOST) break;
        }
    }
}
