import { expect, it } from '@jest/globals';
import { describeInBrowser, useBrowser } from './support/browser-fixture.js';

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describeInBrowser('the page of the API', () => {
  const fixture = useBrowser();

  it('lists every operation of openapi.json, each with a line to try it', async () => {
    const answer = await fetch(`${fixture.sandbox.url}/api/openapi.json`);
    const { paths } = (await answer.json()) as OpenApiDocument;
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((key) => ['get', 'put', 'post', 'delete'].includes(key))
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations).toEqual(expect.arrayContaining(['GET /api/events/next', 'POST /api/faults']));

    const page = await fixture.open({ path: '/api' });
    const summaries = page.page.locator('details.operation > summary');
    await summaries.nth(operations.length - 1).waitFor();
    const listed = await summaries.evaluateAll((elements) =>
      elements.map(({ children }) => `${children[0].textContent} ${children[1].textContent}`),
    );
    expect([...listed].sort()).toEqual([...operations].sort());

    const addFault = page.page.locator('details.operation', { hasText: 'POST' }).filter({ hasText: '/api/faults' });
    await addFault.locator('summary').first().click();
    await addFault.getByText(/^curl -X POST .*\/api\/faults/).waitFor();
  });

  it('leads back to the events', async () => {
    const page = await fixture.open({ path: '/api' });
    await page.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Events' }).click();
    await page.get('connection').filter({ hasText: 'Live' }).waitFor();
    await page.page.getByRole('link', { name: 'API', exact: true }).click();
    await page.page.waitForURL(`${fixture.sandbox.url}/api`);
  });
});
