/** What is used of IndexedDB: packages are compiled without the DOM's types. */
export interface Database {
  transaction(store: string, mode: "readonly" | "readwrite", options?: { durability: "strict" }): Transaction;
  close(): void;
}

interface Transaction {
  objectStore(name: string): ObjectStore;
  oncomplete: (() => void) | null;
  onabort: (() => void) | null;
  readonly error: unknown;
}

interface ObjectStore {
  add(value: unknown): Request<number>;
  get(key: number): Request<unknown>;
  getAllKeys(): Request<number[]>;
  delete(key: number): Request<undefined>;
}

interface Request<Result> {
  readonly result: Result;
  readonly error: unknown;
  onsuccess: (() => void) | null;
  onerror: (() => void) | null;
}

interface OpenRequest
  extends Request<Database & { createObjectStore(name: string, options: object): unknown }> {
  onupgradeneeded: (() => void) | null;
}

interface Factory {
  open(name: string, version: number): OpenRequest;
}

/** The database of a name with one store of values under increasing numbers; made if it is not there. */
export async function openDatabase(where: string, name: string, store: string): Promise<Database> {
  const { indexedDB } = globalThis as { indexedDB?: Factory };
  if (indexedDB === undefined) throw new Error(`${where}: there is no IndexedDB here; it needs a browser`);
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store, { autoIncrement: true });
  return await done(request);
}

/** The result of a request. */
export function done<Result>(request: Request<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when all of a transaction is kept; rejects when none of it is. */
export function committed(transaction: Transaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}
