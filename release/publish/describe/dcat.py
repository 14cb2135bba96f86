"""dcat.jsonld: the release as a DCAT-AP 3 dataset with its distributions.

What a reader would get wrong: a conditional dataset is RESTRICTED and still described in full, with a policy that
says what a grantee must and must not do; only its files are not public.  Sources: DCAT-AP 3.0, ODRL 2.2, SPDX.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from release.nouns.openness import Openness
from release.publish.describe.contents import CSV, HTML, PARQUET, XLSX, Contents, Written

ACCESS = "http://publications.europa.eu/resource/authority/access-right/"
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
IANA = "https://www.iana.org/assignments/media-types/"
RIGHTS = {Openness.UNCONDITIONAL: "PUBLIC", Openness.CONDITIONAL: "RESTRICTED", Openness.CLOSED: "NON_PUBLIC"}
FILE_TYPES = {CSV: "CSV", XLSX: "XLSX", PARQUET: "PARQUET", HTML: "HTML"}
LANGUAGES = {"zh": "ZHO", "en": "ENG"}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}


def dcat(contents: Contents) -> dict[str, Any]:
    """The dataset as a JSON-LD value; file addresses are relative to the package."""
    about, language = contents.about, contents.about.language
    dataset: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": f"urn:sluice:dataset:{_urn(contents.name)}",
        "@type": "dcat:Dataset",
        "dct:title": _text(about.title, language),
        "dct:description": _text(about.description or about.title, language),
        "dct:identifier": contents.name,
        "dct:issued": {"@type": "xsd:dateTime", "@value": contents.created},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": _text(about.publisher, language)},
        "dct:accessRights": _named(ACCESS + RIGHTS[contents.openness], "dct:RightsStatement"),
        "dct:provenance": {
            "@type": "dct:ProvenanceStatement",
            "rdfs:label": _text(contents.provenance, "en"),
        },
        "dcat:version": about.version,
        "dcat:keyword": [_text(word, language) for word in about.keywords or (about.title,)],
        "dcat:distribution": [_distribution(contents, file) for file in contents.data],
    }
    code = LANGUAGES.get(language.split("-")[0])
    if code:
        dataset["dct:language"] = _named(LANGUAGE + code, "dct:LinguisticSystem")
    if about.landing_page:
        dataset["dcat:landingPage"] = _named(about.landing_page, "foaf:Document")
    if about.contact:
        dataset["dcat:contactPoint"] = {"@type": "vcard:Organization", "vcard:fn": about.contact}
    if contents.openness is Openness.CONDITIONAL:
        dataset["odrl:hasPolicy"] = policy(dataset["@id"])
    return dataset


def _distribution(contents: Contents, file: Written) -> dict[str, Any]:
    about = contents.about
    address = about.apply_url if contents.openness is Openness.CONDITIONAL and about.apply_url else file.path
    distribution: dict[str, Any] = {
        "@id": f"urn:sluice:distribution:{_urn(contents.name)}:{file.sha256[:16]}",
        "@type": "dcat:Distribution",
        "dct:title": _text(file.path.rsplit("/", 1)[-1], about.language),
        "dcat:accessURL": _named(address, "rdfs:Resource"),
        "dcat:mediaType": _named(IANA + file.media_type, "dct:MediaType"),
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.bytes)},
        "dct:license": _named(about.licence_iri(), "dct:LicenseDocument"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
        },
    }
    if contents.openness is Openness.UNCONDITIONAL:
        distribution["dcat:downloadURL"] = _named(file.path, "rdfs:Resource")
    if file.media_type in FILE_TYPES:
        distribution["dct:format"] = _named(FILE_TYPE + FILE_TYPES[file.media_type], "dct:MediaTypeOrExtent")
    return distribution


def policy(target: str) -> dict[str, Any]:
    """What a grantee is offered: use for the purpose granted, no passing on, no re-identifying."""
    return {
        "@type": "odrl:Offer",
        "@id": f"{target}:offer",
        "odrl:permission": [
            {
                "@type": "odrl:Permission",
                "odrl:target": {"@id": target},
                "odrl:action": {"@id": "odrl:use"},
                "odrl:duty": [{"@type": "odrl:Duty", "odrl:action": {"@id": "odrl:attribute"}}],
            }
        ],
        "odrl:prohibition": [
            {"@type": "odrl:Prohibition", "odrl:target": {"@id": target}, "odrl:action": {"@id": f"odrl:{action}"}}
            for action in ("distribute", "sell")
        ]
        + [
            {
                "@type": "odrl:Prohibition",
                "odrl:target": {"@id": target},
                "odrl:action": {"@id": "urn:sluice:action:re-identify"},
            }
        ],
    }


def _text(value: str, language: str) -> dict[str, str]:
    return {"@language": language, "@value": value}


def _named(iri: str, kind: str) -> dict[str, str]:
    return {"@id": iri, "@type": kind}


def _urn(name: str) -> str:
    return quote(name, safe="")
