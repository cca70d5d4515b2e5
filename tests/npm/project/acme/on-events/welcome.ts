import type { NangoAction } from '../../models.js';

export default async function onEvent(nango: NangoAction): Promise<void> {
    await nango.getMetadata();
    await nango.post({ endpoint: '/echo/welcome', data: { hello: nango.connectionId } as any });
}
