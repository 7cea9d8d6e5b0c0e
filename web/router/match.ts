/** `/trips/$tripId` against `/trips/c123`: the parts named by `$`, or null when it is another path. */
export function matchPath(pattern: string, pathname: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split('/');
  const given = (pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname).split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index]!;
    if (!part.startsWith('$')) {
      if (part !== value) return null;
    } else {
      const decoded = decode(value);
      if (decoded === '') return null;
      params[part.slice(1)] = decoded;
    }
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
