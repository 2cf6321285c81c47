Object.assign(root.GroundRules, { docx, wordParts, ics });
