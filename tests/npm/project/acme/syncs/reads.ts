import type { NangoSync, ProxyConfiguration } from '../../models.js';

export default async function fetchData(nango: NangoSync): Promise<void> {
    await nango.get({ endpoint: '/echo' });
    await nango.get({ endpoint: 'echo/without-a-slash' });
    await nango.proxy({ endpoint: '/echo/proxy' });
    await nango.proxy({ method: 'GET', endpoint: '/echo/proxy/get' });
    await nango.get({
        endpoint: '/echo/params',
        params: { text: 'two words', symbols: 'a+b&c=d/é?~*\'()!', number: 7, list: ['a', 'b'], empty: '' } as Record<string, any>
    });
    await nango.get({ endpoint: '/echo/booleans', params: { yes: true, no: false, half: 0.5 } as Record<string, any> });
    await nango.get({ endpoint: '/echo/text', params: '?state=all&sort=updated%20at' });
    await nango.get({ endpoint: '/echo/text', params: 'state=all' });
    await nango.get({ endpoint: '/echo/query?state=open', params: { page: '2' } });
    await nango.get({ endpoint: '/echo/query?state=open&page=1', params: { page: '2' } });
    await nango.get({ endpoint: '/echo/query?state=open' });
    await nango.get({ endpoint: '/echo/a%20path/with%2Fslash' });
    await nango.get({ endpoint: '/echo/headers', headers: { 'X-Custom': 'one', accept: 'application/vnd.api+json', 'User-Agent': 'mine/1' } });
    await nango.get({ endpoint: '/echo/retries', retries: 3 });
    await nango.get({ endpoint: '/echo/retry-on', retries: 2, retryOn: [404, 409] });
    await nango.get({ endpoint: '/echo/no-retries', retries: 0 });
    await nango.get({ endpoint: '/echo/decompress', decompress: true } as ProxyConfiguration);
    const me = await nango.get({ endpoint: '/echo/me' });
    await nango.get({ endpoint: '/echo/elsewhere', baseUrlOverride: `http://${me.data.headers.host}` });
}
