"""Computes vectors.json without the Go code, from the scheme in the package comment. Run: python3 vectors.py"""
import hashlib, hmac, json, pathlib, re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def mac(key, data): return hmac.new(key, data, hashlib.sha256).digest()
def sha(data): return hashlib.sha256(data).digest()
def prefixed(s): return len(s).to_bytes(2, "big") + s.encode()
def bits(digest, n): return int.from_bytes(digest, "big") >> (256 - n)
def base32(v, n): return "".join(ALPHABET[v >> 5 * i & 31] for i in reversed(range(n)))


def expand(prk, info, length):
    out, block = b"", b""
    while len(out) < length:
        block = mac(prk, block + info + bytes([len(out) // 32 + 1]))
        out += block
    return out[:length]


def numeric(text): return all(c in "0123456789E" for c in text)
def dated(pin): return re.fullmatch(r"[0-9]*(JAN|FEB|MAR|APR|MAY|SEP|DEC)[0-9]*", pin) is not None


def draws(key, i, lettered, length, bad):
    for draw in range(256):
        text = base32(bits(mac(key, i + bytes([draw] if draw else [])), 5 * length), length)
        if not lettered or not bad(text):
            return text


def unit(keys, gtin, lot, index, lettered=False):
    i = index.to_bytes(8, "big")
    tag = 0
    for c in draws(keys[0], i, lettered, 12, numeric):
        tag = tag << 5 | ALPHABET.index(c)
    mask = bits(mac(keys[1], tag.to_bytes(8, "big")), 40)
    serial = base32(tag << 40 | index ^ mask, 20)
    pin, salt = draws(keys[2], i, lettered, 8, lambda p: numeric(p) or dated(p)), mac(keys[3], i)[:16]
    commitment = sha(b"touchstone/pin/v1" + salt + pin.encode())
    leaf = b"touchstone/unit/v1" + prefixed(gtin) + prefixed(lot) + prefixed(serial) + commitment
    return {"index": index, "serial": serial, "pin": pin, "salt": salt.hex(), "commitment": commitment.hex(), "leafHash": sha(b"\0" + leaf).hex()}


def root(hashes):
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while 2 * k < len(hashes):
        k *= 2
    return sha(b"\1" + root(hashes[:k]) + root(hashes[k:]))


def vector(master, epoch, gtin, lot, indices, sizes, lettered=False, pins=None):
    info = epoch.to_bytes(4, "big") + prefixed(gtin) + prefixed(lot)
    prk = lambda key: mac(b"touchstone/seal/v1", bytes.fromhex(key))
    okm = expand(prk(master), b"touchstone/seal/batch" + info, 128)
    if pins:
        okm = okm[:64] + expand(prk(pins), b"touchstone/seal/pins" + info, 64)
    keys = [okm[i:i + 32] for i in range(0, 128, 32)]
    leaves = [bytes.fromhex(unit(keys, gtin, lot, i, lettered)["leafHash"]) for i in range(max(sizes))]
    return {"masterKey": master, **({"pinKey": pins} if pins else {}), "epoch": epoch, "gtin": gtin, "lot": lot, **({"lettered": True} if lettered else {}), "units": [unit(keys, gtin, lot, i, lettered) for i in indices],
            "roots": {str(n): root(leaves[:n]).hex() for n in sorted(sizes, key=str)}}


vectors = [
    vector(bytes(range(32)).hex(), 1, "06998801000012", "202610A01", [0, 1, 63, 64, 999999, 2**40 - 1], [1, 2, 3, 63, 64, 65, 127, 128, 129, 1000, 4097]),
    vector("ff" * 32, 4294967295, "09520123456788", "a/b(c)", [0, 12345], [1, 7, 100]),
    vector(bytes(range(32)).hex(), 2, "06998801000012", "202610A01", [0, 1, 1907], [1, 64, 100], lettered=True),
    vector(bytes(range(32)).hex(), 2, "06998801000012", "202610A01", [0, 1, 1907], [1, 64, 100], lettered=True, pins=bytes(range(32, 64)).hex()),
]
pathlib.Path(__file__).with_name("vectors.json").write_text(json.dumps(vectors, indent=1) + "\n")
