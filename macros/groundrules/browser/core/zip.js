// Files packed into one, as Word wants them.

const CRC = Array.from({ length: 256 }, (_, number) => {
  for (let bit = 0; bit < 8; bit++) number = number & 1 ? (number >>> 1) ^ 0xedb88320 : number >>> 1;
  return number >>> 0;
});

function crc32(bytes) {
  let sum = -1;
  for (const byte of bytes) sum = CRC[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ -1) >>> 0;
}

async function deflated(bytes) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return [8, new Uint8Array(await new Response(stream).arrayBuffer())];
  } catch {
    return [0, bytes];
  }
}

const little = (...fields) =>
  new Uint8Array(
    fields.flatMap(([size, value]) => Array.from({ length: size }, (_, index) => (value / 2 ** (8 * index)) & 255)),
  );

export async function package_(files) {
  const pieces = [];
  const directory = [];
  const encoder = new TextEncoder();
  let place = 0;
  // Always the same time: who made a file and when would say something about people.
  const time = [
    [2, 0],
    [2, ((2026 - 1980) << 9) | (1 << 5) | 1],
  ];
  for (const [name, content] of files) {
    const bytes = encoder.encode(content);
    const [method, packed] = await deflated(bytes);
    const path = encoder.encode(name);
    const about = [
      [2, 20],
      [2, 0],
      [2, method],
      ...time,
      [4, crc32(bytes)],
      [4, packed.length],
      [4, bytes.length],
      [2, path.length],
      [2, 0],
    ];
    const local = little([4, 0x04034b50], ...about);
    directory.push(little([4, 0x02014b50], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, place]), path);
    pieces.push(local, path, packed);
    place += local.length + path.length + packed.length;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = little([4, 0x06054b50], [2, 0], [2, 0], [2, files.size], [2, files.size], [4, size], [4, place], [2, 0]);
  return new Blob([...pieces, ...directory, end], {
    type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  });
}
