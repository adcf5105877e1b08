/** Reads CSV as RFC 4180 says, letter by letter; throws where it is not that. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length;) {
    let value = "";
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (at >= text.length) throw new Error("A quote is not closed.");
        if (text[at] !== '"') value += text[at];
        else if (text[at + 1] === '"') value += text[(at += 1)];
        else break;
      }
      at += 1;
    } else
      for (; at < text.length && !",\r".includes(text[at]!); at += 1) {
        if ('"\n'.includes(text[at]!)) throw new Error(`Unquoted ${JSON.stringify(text[at])} at ${at}.`);
        value += text[at];
      }
    row.push(value);
    if (text[at] === ",") {
      at += 1;
      continue;
    }
    if (text.slice(at, at + 2) !== "\r\n") throw new Error(`Expected CRLF at ${at}.`);
    at += 2;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw new Error("The last line does not end.");
  return rows;
}
