import type { NangoAction, Asked } from '../../models.js';

export default async function runAction(nango: NangoAction): Promise<Asked> {
    await nango.getMetadata();
    await nango.getConnection();
    await nango.updateMetadata({ seen: true });
    await nango.getMetadata();
    await nango.getEnvironmentVariables();
    await nango.triggerAction('acme', 'demo', 'echo', { a: 1 });
    await nango.triggerAction('github', 'other', 'echo');
    return { ok: true };
}
