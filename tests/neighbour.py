"""A second invented State, and a rule of the first in which an office of it acts."""

NEIGHBOUR = {
    "yy/state.yaml": "- state: yy\n  label: Sultanate\n",
    "yy/office.yaml": "- office: sultan\n  label: Sultan\n  cite: note para 1\n",
    "yy/note/source.yaml": "- source: note\n  label: Note\n  short-name: N/2\n  describes: 1940\n",
}
BY_A_NEIGHBOUR = """\
- selection: judge
  fills: office/judge
  says: The Sultan appoints the judges.
  steps:
    - appoints: yy/office/sultan
  cite: para 20
"""
