import type { NangoAction, Order } from '../../models.js';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const XML = { 'Content-Type': 'application/xml' };

export default async function runAction(nango: NangoAction, input: Order): Promise<Order> {
    await nango.post({ endpoint: '/echo/json', data: input });
    await nango.post({ endpoint: '/echo/nested', data: { a: { b: [1, null, 'é'] }, empty: {}, half: 0.5, big: 12345678901 } as any });
    await nango.post({ endpoint: '/echo/list', data: [1, 2, { three: 3 }] as any });
    await nango.post({ endpoint: '/echo/text', data: 'plain text with é' });
    await nango.post({ endpoint: '/echo/form-text', headers: FORM, data: 'a=1&b=two+words' });
    await nango.post({ endpoint: '/echo/form-object', headers: FORM, data: { a: 1, b: 'two words', c: true } as any });
    await nango.post({ endpoint: '/echo/xml', headers: XML, data: '<order/>' });
    await nango.post({ endpoint: '/echo/nothing' });
    await nango.post({ endpoint: '/echo/both', params: { notify: 'yes' }, data: { a: 1 } as any, retries: 1 });
    await nango.put({ endpoint: '/echo/put', data: { title: input.title } as any });
    await nango.put({ endpoint: '/echo/put-nothing' });
    await nango.patch({ endpoint: '/echo/patch', data: { title: null } as any });
    await nango.delete({ endpoint: '/echo/delete' });
    await nango.delete({ endpoint: '/echo/delete-params', params: { force: 'true' } });
    await nango.delete({ endpoint: '/echo/delete-body', data: { ids: [1, 2] } as any });
    await nango.proxy({ method: 'POST', endpoint: '/echo/proxy', data: { a: 1 } as any });
    await nango.get({ endpoint: '/echo/get-with-data', data: { a: 1 } as any });
    return input;
}
