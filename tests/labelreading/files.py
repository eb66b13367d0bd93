"""Labelled files made with ordinary tools; each maker takes the text of the label and where to put it."""

import io
import json
import struct
import wave
import zipfile
import zlib

import docx
import pikepdf
from mutagen.id3 import COMM, ID3, TXXX
from mutagen.mp4 import MP4, MP4FreeForm
from PIL import Image, PngImagePlugin

CREDIT_CODE = "91330110MA2QLAN7X7"
PRODUCER = f"0011{CREDIT_CODE}10000"
SOUND = {
    "Label": "1",
    "ContentProducer": PRODUCER,
    "ProduceID": "c0ffee-0001",
    "ReservedCode1": "",
    "ContentPropagator": PRODUCER,
    "PropagateID": "c0ffee-0001",
    "ReservedCode2": "",
}
NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"


def label(*, without=(), wrapped=False, **changes):
    content = {key: value for key, value in (SOUND | changes).items() if key not in without}
    return json.dumps({"AIGC": content} if wrapped else content, ensure_ascii=False)


def packet(text, *, attribute=False, prefix="TC260", extra=""):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    inside = "" if attribute else f"<{prefix}:AIGC>{escaped}</{prefix}:AIGC>"
    outside = f' {prefix}:AIGC="{escaped}"' if attribute else ""
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{extra}<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:{prefix}="{NAMESPACE}"{outside}>{inside}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _saved(form, **options):
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (18, 63, 120)).save(out, form, **options)
    return out.getvalue()


def exif(text, tag="comment"):
    data = Image.Exif()
    if tag == "description":
        data[0x010E] = text
    else:
        code, raw = (b"ASCII\0\0\0", text.encode()) if tag == "comment" else (b"UNICODE\0", text.encode("utf-16-le"))
        data.get_ifd(0x8769)[0x9286] = code + raw
    return data.tobytes()


def png(text=None, at="text"):
    if text is None:
        return _saved("PNG")
    info = PngImagePlugin.PngInfo()
    if at == "xmp":
        info.add_itxt("XML:com.adobe.xmp", packet(text).decode())
    elif at == "xmp-attribute":
        info.add_itxt("XML:com.adobe.xmp", packet(text, attribute=True).decode())
    elif at == "itxt-packed":
        info.add_itxt("AIGC", text, zip=True)
    elif at == "exif":
        return _saved("PNG", exif=exif(text))
    else:
        info.add_text({"text": "AIGC", "ztxt": "AIGC", "comment": "Comment"}[at], text, zip=at == "ztxt")
    return _saved("PNG", pnginfo=info)


def jpeg(text=None, at="exif"):
    if text is None:
        return _saved("JPEG")
    if at == "xmp":
        return _saved("JPEG", xmp=packet(text))
    if at == "comment":
        return _saved("JPEG", comment=text.encode())
    if at == "segment":
        data, body = _saved("JPEG"), b"AIGC" + text.encode()
        return data[:2] + b"\xff\xeb" + struct.pack(">H", len(body) + 2) + body + data[2:]
    if at == "behind":
        return _saved("JPEG") + text.encode()
    return _saved("JPEG", exif=exif(text, {"exif": "comment", "unicode": "unicode"}.get(at, at)))


def webp(text=None, at="xmp"):
    if text is None:
        return _saved("WEBP")
    return _saved("WEBP", xmp=packet(text)) if at == "xmp" else _saved("WEBP", exif=exif(text))


def box(name, content):
    return struct.pack(">I", len(content) + 8) + name + content


def _data(text):
    return box(b"data", struct.pack(">II", 1, 0) + text.encode())


def keys_and_list(text, key=b"AIGC"):
    hdlr = box(b"hdlr", bytes(8) + b"mdta" + bytes(13))
    keys = box(b"keys", struct.pack(">II", 0, 1) + struct.pack(">I4s", 8 + len(key), b"mdta") + key)
    return (
        bytes(4)
        + hdlr
        + keys
        + box(b"ilst", struct.pack(">I", len(_data(text)) + 8) + struct.pack(">I", 1) + _data(text))
    )


def mp4(text=None, at="keys"):
    """A film without a frame, as small as its readers take it."""
    mvhd = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, 1000) + bytes(80))
    inner, behind = b"", b""
    if text is not None:
        if at == "keys":
            inner = box(b"udta", box(b"meta", keys_and_list(text)))
        elif at == "moov-meta":
            inner = box(b"meta", keys_and_list(text))
        elif at == "udta":
            inner = box(b"udta", box(b"AIGC", text.encode()))
        elif at == "xmp":
            behind = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + packet(text))
        elif at == "mdat":
            behind = box(b"free", text.encode())
    head = box(b"ftyp", b"isom\0\0\2\0isomiso2")
    film = head + box(b"mdat", bytes(500)) + box(b"moov", mvhd + inner) + behind
    return _itunes(film, text, at) if text is not None and at in ("freeform", "cmt") else film


def _itunes(film, text, at):
    out = io.BytesIO(film)
    tagged = MP4(out)
    tagged.add_tags()
    if at == "freeform":
        tagged["----:com.apple.iTunes:AIGC"] = [MP4FreeForm(text.encode())]
    else:
        tagged["\xa9cmt"] = [text]
    out.seek(0)
    tagged.save(out)
    return out.getvalue()


def _tagged(data, text, at, version=4):
    out = io.BytesIO(data)
    tags = ID3()
    if at == "comment":
        tags.add(COMM(encoding=3, lang="chi", desc="", text=[text]))
    else:
        coding = {"utf-16": 1, "latin-1": 0}.get(at, 3)
        tags.add(TXXX(encoding=coding, desc="NOTE" if at == "other" else "AIGC", text=[text]))
    tags.save(out, v2_version=version)
    return out.getvalue()


def mp3(text=None, at="txxx", version=4):
    sound = (b"\xff\xfb\x90\x00" + bytes(413)) * 8
    return sound if text is None else _tagged(sound, text, at, version)


def chunk(name, content):
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def wav(text=None, at="chunk"):
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(160))
    data = out.getvalue()
    if text is None:
        return data
    raw = text.encode()
    more = {
        "chunk": lambda: chunk(b"AIGC", raw),
        "info": lambda: chunk(b"LIST", b"INFO" + chunk(b"AIGC", raw)),
        "comment": lambda: chunk(b"LIST", b"INFO" + chunk(b"ICMT", raw)),
        "id3": lambda: chunk(b"id3 ", _tagged(b"", text, "txxx")),
    }[at]()
    return b"RIFF" + struct.pack("<I", len(data) - 8 + len(more)) + data[8:] + more


def pdf(text=None, at="info", **options):
    document = pikepdf.new()
    document.add_blank_page()
    if text is not None:
        if at == "xmp":
            document.Root.Metadata = pikepdf.Stream(
                document, packet(text), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
            )
        elif at == "keywords":
            document.docinfo["/Keywords"] = text
        elif at == "attached":
            document.Root.Note = pikepdf.Dictionary(Text=pikepdf.String(text))
        else:
            document.docinfo["/AIGC"] = text
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}"><vt:lpwstr>{text}</vt:lpwstr>'
    "</property></Properties>"
)


def word(text=None, at="custom"):
    document = docx.Document()
    document.add_paragraph("本文由人工智能生成")
    if text is not None and at == "core":
        document.core_properties.comments = text
    if text is not None and at == "body":
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    if text is not None and at in ("custom", "other"):
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr(
                "docProps/custom.xml", CUSTOM.format(name="AIGC" if at == "custom" else "Note", text=escaped)
            )
    return out.getvalue()


def png_chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
