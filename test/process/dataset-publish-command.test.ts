import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { publicationIn } from '#main/dataset/publish';
import { backbeat, type CliAnswer, scratchFolder, suiteFolder } from '#test/cli';
import { type HubServer, openHubServer } from '#test/hub-server';
import { smallDataset } from '#test/small-dataset';

const TOKEN = 'hf_ofTheDrummersSecret';
const REPO = 'drummers/pad-study';

describe('backbeat dataset publish', () => {
  const home = suiteFolder();
  let dataset = '';
  let server: HubServer;

  beforeAll(async () => {
    dataset = await smallDataset(home, 12, 3);
    server = await openHubServer({ [TOKEN]: 'drummers' });
    return () => server.close();
  });

  const publish = (library: string, ...rest: string[]): Promise<CliAnswer> =>
    backbeat(library, ['dataset', 'publish', dataset, ...rest], {
      environment: { HF_TOKEN: TOKEN, HF_ENDPOINT: server.url },
    });

  it('tells in a dry run what would be sent, and neither sends nor writes anything', async () => {
    const { code, stdout } = await publish(scratchFolder(), '--repo', REPO, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[0-9a-f]{64} +\d+ {2}data\/train-00000-of-00001\.parquet$/m);
    expect(stdout).toMatch(/^[0-9a-f]{64} +\d+ {2}README\.md$/m);
    expect(stdout).toMatch(/\d+ samples to train, \d+ to validate, \d+ to test, 0 left out\n/);
    expect(stdout).toContain(`Nothing was sent to ${REPO}.`);
    expect(server.asked).toEqual([]);
    expect(readdirSync(dirname(dataset)).sort()).toEqual(['dataset', 'parts']);
  });

  it('writes the layout beside the dataset and brings it to the hub; the token is written nowhere', async () => {
    const library = scratchFolder();
    const { code, stdout } = await publish(library, '--repo', REPO, '--private', '--json');
    expect(code).toBe(0);
    expect(server.complaints).toEqual([]);
    const beside = join(dirname(dataset), `${basename(dataset)}-parquet`);
    const publication = await publicationIn(beside);
    const repo = server.repos.get(REPO);
    expect(repo?.isPrivate).toBe(true);
    expect([...(repo?.files.keys() ?? [])].filter(path => path !== '.gitattributes').sort()).toEqual(
      [...(publication?.files ?? []).map(({ path }) => path), 'publication.json'].sort(),
    );
    const result: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(result).toMatchObject({
      states: ['done'],
      folder: beside,
      uploaded: { committed: publication ? publication.files.length + 1 : 0, isNew: true },
    });
    const written = readdirSync(library, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .filter(entry => readFileSync(join(entry.parentPath, entry.name)).includes(TOKEN));
    expect(written).toEqual([]);
    expect(stdout).not.toContain(TOKEN);
  });

  it('sends nothing the second time', async () => {
    const before = server.repos.get(REPO)?.commits;
    const { code, stdout } = await publish(scratchFolder(), '--repo', REPO);
    expect(code).toBe(0);
    expect(stdout).toMatch(/0 files sent, \d+ were there, 0 taken away/);
    expect(server.repos.get(REPO)?.commits).toBe(before);
  });

  it('is stopped by Ctrl-C while a file is sent', async () => {
    const hub = await openHubServer({ [TOKEN]: 'drummers' });
    onTestFinished(() => hub.close());
    hub.fail(/^PUT /, { stalls: true }, { stalls: true }, { stalls: true });
    const stop = new AbortController();
    const going = backbeat(scratchFolder(), ['dataset', 'publish', dataset, '--repo', REPO], {
      environment: { HF_TOKEN: TOKEN, HF_ENDPOINT: hub.url },
      interrupt: stop.signal,
    });
    await expect
      .poll(() => hub.asked.filter(line => line.startsWith('PUT ')).length, { timeout: 20_000 })
      .toBeGreaterThan(0);
    stop.abort();
    expect((await going).code).toBe(130);
    expect(hub.repos.get(REPO)?.commits).toBe(0);
  });

  it('says in one sentence what is wrong, before any work', async () => {
    const library = scratchFolder();
    const asked = server.asked.length;
    const said = async (rest: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
      const { code, stderr } = await backbeat(library, ['dataset', 'publish', ...rest], {
        environment: { HF_TOKEN: TOKEN, HF_ENDPOINT: server.url, ...environment },
      });
      return [code, stderr.trim().split('\n').at(-1)];
    };
    const [noToken, noFolder, noRepo, noLayout, noList, wrongToken] = await Promise.all([
      said([dataset, '--repo', REPO], { HF_TOKEN: '' }),
      said([join(home, 'nothing')]),
      said([dataset, '--repo', 'nobody']),
      said([dataset, '--layout', 'zip']),
      said([dataset, '--split', 'by_moon']),
      said([dataset, '--repo', REPO], { HF_TOKEN: 'hf_wrong' }),
    ]);
    expect(noToken).toEqual([1, expect.stringContaining('HF_TOKEN is not set')]);
    expect(noFolder).toEqual([1, expect.stringContaining('is not there')]);
    expect(noRepo).toEqual([2, 'backbeat: --repo is nobody, but must be owner/name.']);
    expect(noLayout).toEqual([2, expect.stringContaining('--layout is zip, but must be one of parquet')]);
    expect(noList).toEqual([2, expect.stringContaining('--split is by_moon, but must be one of by_profile')]);
    expect(wrongToken).toEqual([1, expect.stringContaining('does not accept the access token')]);
    const Asked = z.array(z.string());
    expect(Asked.parse(server.asked.slice(asked))).toEqual(['POST /api/repos/create']);
  });
});
