import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { Problem, root } from "./root.mjs";

const modules = join(root, "node_modules");
const specifiers = /(\bfrom |\bimport\(|\bimport )"([^"]+)"/g;

/**
 * Takes out of a declaration what stays in the server: the context that its procedures run with, and the
 * caller for its own pages. Inputs, outputs and errors are all that a client sees.
 * @param {string} text
 */
export function withoutServer(text) {
  const statements = text.split(/^(?=\/\*\*|export |import |declare )/m);
  return statements
    .filter((statement) => !/\bcreateCaller\b/.test(statement))
    .join("")
    .replaceAll(/import\("\.\/procedure"\)\.\w+/g, "object");
}

/**
 * The declarations of a package's entry, by its `exports`.
 * @param {string} specifier such as `@trpc/server/http`
 */
function packageTypes(specifier) {
  const [scope, name, ...rest] = specifier.split("/");
  const folder = join(modules, `${scope}/${name}`);
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, exports[rest.length === 0 ? "." : `./${rest.join("/")}`].import.types);
}

/**
 * The file that an import in a declaration means, or null for a module of Node's own.
 * @param {string} specifier
 * @param {string} from the file it stands in
 * @param {string} emitted the folder of src's declarations
 */
function resolveTypes(specifier, from, emitted) {
  if (specifier.startsWith("@trpc/")) return packageTypes(specifier);
  if (builtinModules.includes(specifier.replace("node:", ""))) return null;
  const path = specifier.startsWith("@/")
    ? join(emitted, specifier.slice(2))
    : join(dirname(from), specifier);
  const file = [`${path}.d.ts`, path.replace(/\.mjs$/, ".d.mts")].find((candidate) => existsSync(candidate));
  const isLocal = specifier.startsWith("@/") || specifier.startsWith(".");
  if (isLocal && file && file !== path) return file;
  throw new Problem(
    `The client's declarations reach "${specifier}" from ${relative(root, from)}, which a program that uses the client ` +
      "does not have. Write the type out where the API answers it, or leave it out.",
  );
}

/**
 * Where a declaration goes in the package.
 * @param {string} file
 * @param {string} emitted
 * @param {string} target
 */
function placeOf(file, emitted, target) {
  const inPackage = file.startsWith(modules);
  return join(target, relative(inPackage ? modules : emitted, file).replace(`${sep}dist${sep}`, sep));
}

/**
 * Copies a declaration and all that it imports into one folder that needs nothing beside it.
 * @param {string} entry
 * @param {string} emitted the folder of src's declarations
 * @param {string} target
 */
export function collectTypes(entry, emitted, target) {
  const waiting = [entry];
  const done = new Set(waiting);
  for (const file of waiting) {
    const place = placeOf(file, emitted, target);
    const source = readFileSync(file, "utf8");
    const needed = file.startsWith(modules) ? source : withoutServer(source);
    const text = needed.replaceAll(specifiers, (whole, before, specifier) => {
      const meant = resolveTypes(specifier, file, emitted);
      if (!meant) return whole;
      if (!done.has(meant)) {
        done.add(meant);
        waiting.push(meant);
      }
      const path = relative(dirname(place), placeOf(meant, emitted, target)).replaceAll(sep, "/");
      return `${before}"${path.startsWith(".") ? path : `./${path}`}"`.replace(/\.d\.(m?)ts"/, '.$1js"');
    });
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  const licence = join("@trpc", "server", "LICENSE");
  copyFileSync(join(modules, licence), join(target, licence));
}
