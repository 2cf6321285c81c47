Object.assign(root.GroundRules, { compare, lineText });
Object.assign(root.GroundRules.parts, { tokens, edits, aligned, stripOf, piecesOf });
