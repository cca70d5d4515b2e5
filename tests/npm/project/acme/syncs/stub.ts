import type { NangoSync, Stub } from '../../models.js';

export default async function fetchData(nango: NangoSync): Promise<void> {
    await nango.setMergingStrategy({ strategy: 'ignore_if_modified_after' }, 'Stub');
    const metadata = await nango.getMetadata<{ team: string }>();
    await nango.get({ endpoint: '/echo/stub', params: { team: metadata.team, since: nango.lastSyncDate!.toISOString() } });
    await nango.getRecordsByIds(['1'], 'Stub');
    await nango.batchSave<Stub>([{ id: '1' }, { id: '2' }], 'Stub');
    await nango.batchUpdate<Stub>([{ id: '1' }], 'Stub');
    await nango.batchDelete<Stub>([{ id: '2' }], 'Stub');
    await nango.startSync('acme', ['reads']);
    await nango.log('nothing was sent since');
    await nango.get({ endpoint: '/echo/end' });
}
