import type { NangoSync } from '../../models.js';

export default async function fetchData(nango: NangoSync): Promise<void> {
    await nango.getConnection();
    await nango.getMetadata();
    await nango.setMetadata({ a: 1, b: { c: ['d'] } });
    await nango.getMetadata();
    await nango.getConnection();
    await nango.updateMetadata({ b: 2 });
    await nango.getConnection();
    await nango.getConnection('github', 'other');
    await nango.getConnection('github', 'other');
    await nango.getToken();
    await nango.getEnvironmentVariables();
    await nango.getEnvironmentVariables();
    await nango.getIntegration();
    await nango.getIntegration({ include: ['credentials'] });
    await nango.getIntegration();
    const webhook = await nango.getWebhookURL();
    await nango.uncontrolledFetch({ url: new URL(`${webhook}?a=1`), method: 'POST', headers: { 'X-Custom': 'one', 'Content-Type': 'application/json' }, body: '{"a": 1}' });
    await nango.uncontrolledFetch({ url: new URL(webhook!) });
    await nango.getRecordsByIds(['1', '2', 'no such'], 'Answer');
    await nango.getRecordsByIds(Array.from({ length: 101 }, (_, index) => `${index}`), 'Answer');
    await nango.triggerAction('acme', 'demo', 'echo', { a: [1] });
}
