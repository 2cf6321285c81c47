Object.assign(root.GroundRules, { proposals, decided, withRemarks, said, markedLines, questionLines });
