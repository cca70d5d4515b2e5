# acme/syncs/issues.py
import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    with ThreadPoolExecutor() as pool:
        pool.map(nango.get, [1, 2])  # !
        pool.submit(one, nango)  # !
        pool.submit(lambda: nango.get(1))  # !
    Thread(target=one, args=(nango,)).start()  # !
    asyncio.run(many(nango))


async def many(nango):
    await asyncio.gather(*(two(nango) for _ in range(2)))  # !
    await asyncio.gather(asyncio.to_thread(nango.get, 1))  # !


async def two(nango):
    nango.get(1)


def one(nango: NangoSync):
    nango.get(1)
