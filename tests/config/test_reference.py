from pagerd.config import reference
from pagerd.config.findings import CATALOGUE
from pagerd.config.reader import Key, Shape
from tests.config.files import REPOSITORY


def shapes_of_all_modules():
    """Return every declared mapping, by looking at the modules and not at the reference."""
    modules = (
        reference.installation, reference.providers, reference.people, reference.rotations, reference.schedules,
        reference.exceptions, reference.escalation, reference.rules, reference.severity,
    )  # fmt: skip
    return {id(value): value for module in modules for value in vars(module).values() if isinstance(value, Shape)}


def test_the_reference_is_what_the_declarations_say():
    """`python -m pagerd.config.reference > docs/config.md` writes it anew."""
    assert (REPOSITORY / "docs" / "config.md").read_text() == reference.reference()


def test_every_declared_mapping_stands_in_the_reference():
    """No key can be read that is not documented."""
    documented = {id(shape) for _, shapes in reference.SHAPES for shape in shapes}

    assert {shape.title for key, shape in shapes_of_all_modules().items() if key not in documented} == set()


def test_every_key_says_what_it_means():
    """In words, without a table's bars left alone."""
    for shape in shapes_of_all_modules().values():
        for key in shape.keys:
            assert isinstance(key, Key)
            assert key.meaning
            assert key.shown


def test_every_finding_is_documented():
    """By its id."""
    text = reference.reference()

    assert all(f"`{finding_id}`" in text for finding_id in CATALOGUE)
